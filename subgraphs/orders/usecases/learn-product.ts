import type { productChanged } from '#contracts/catalog.ts'
import type { Tx } from '../data/tx.ts'

type ProductSnapshot = (typeof productChanged)['payload']['_output']

/**
 * Replaces the copy of a product by its newest snapshot. A variant that is not in it any more, and every variant of a
 * product that is not ACTIVE, is no longer sold; its row stays for the orders that name it. Five statements, however
 * many variants.
 */
export async function learnProduct(tx: Tx, product: ProductSnapshot): Promise<void> {
  const variantIds = product.variants.map((variant) => variant.variantId)
  await tx.sellable.updateMany({
    where: { productId: product.productId, variantId: { notIn: variantIds } },
    data: { isSold: false },
  })
  const rows = product.variants.map((variant) => ({
    variant_id: variant.variantId,
    product_id: product.productId,
    sku: variant.sku,
    names: product.names,
    options_labels: variant.optionsLabels,
    image_url: variant.imageUrl,
    category: product.category,
    tax_category: product.taxCategory,
    is_sold: product.status === 'ACTIVE',
    is_serialized: variant.isSerialized,
    weight_grams: variant.weightGrams,
    collection_ids: product.collectionIds,
  }))
  await tx.$executeRaw`
    INSERT INTO sellables SELECT * FROM jsonb_populate_recordset(NULL::sellables, ${JSON.stringify(rows)}::jsonb)
    ON CONFLICT (variant_id) DO UPDATE
       SET product_id = excluded.product_id, sku = excluded.sku, names = excluded.names,
           options_labels = excluded.options_labels, image_url = excluded.image_url, category = excluded.category,
           tax_category = excluded.tax_category, is_sold = excluded.is_sold,
           is_serialized = excluded.is_serialized, weight_grams = excluded.weight_grams,
           collection_ids = excluded.collection_ids`
  await tx.sellablePrice.deleteMany({ where: { variantId: { in: variantIds } } })
  await tx.sellablePrice.createMany({
    data: product.variants.flatMap((variant) =>
      variant.prices.map((price) => ({
        variantId: variant.variantId,
        marketId: price.marketId,
        validFrom: new Date(price.validFrom),
        validTo: price.validTo === null ? null : new Date(price.validTo),
        currency: price.currency,
        amountMinor: BigInt(price.amountMinor),
        compareAtMinor: price.compareAtMinor === null ? null : BigInt(price.compareAtMinor),
      })),
    ),
    skipDuplicates: true,
  })
}
