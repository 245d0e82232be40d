import { conflict } from '#platform/errors/errors.ts'
import type { Tx } from '../data/catalog-database.ts'
import { lockProducts } from '../data/stored-product.ts'
import type { ProductInput } from '../domain/product.ts'
import { type SavedProduct, saveProducts } from './save-products.ts'

/**
 * Makes one whole product what `product` says, new or known by its slug, and tells it when something changed. Throws
 * CONFLICT when one of its SKUs belongs to another product.
 */
export async function saveProduct(tx: Tx, product: ProductInput, now: Date): Promise<SavedProduct> {
  const before = (await lockProducts(tx, [product.slug], now)).get(product.slug) ?? null
  const taken = await tx.productVariant.findFirst({
    where: {
      sku: { in: product.variants.map((variant) => variant.sku) },
      ...(before && { productId: { not: before.id } }),
    },
    select: { sku: true },
  })
  if (taken) throw conflict(`The article number ${taken.sku} belongs to another product.`)
  const [saved] = await saveProducts(tx, [{ before, after: product }], now)
  if (!saved) throw new Error('One product was given, none was saved')
  return saved
}
