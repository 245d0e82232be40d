import type { ProductInput } from '#subgraphs/catalog/domain/product.ts'
import type { DemoProduct } from './catalogue/demo-product.ts'

/** A demo product as catalog takes it. */
export function toProductInput(product: DemoProduct): ProductInput {
  const { slug, names, descriptions, details, category, taxCategory, options } = product
  return {
    slug,
    status: 'ACTIVE',
    names,
    descriptions,
    details,
    category,
    taxCategory,
    options,
    variants: product.variants.map((variant) => ({
      sku: variant.sku,
      barcode: variant.barcode,
      options: variant.options,
      weightGrams: variant.weightGrams,
      hsCode: product.hsCode,
      prices: Object.fromEntries(
        Object.entries(variant.prices).map(([market, amount]) => [
          market,
          { amountMinor: BigInt(amount), compareAtMinor: compareAt(variant.compareAt, market) },
        ]),
      ),
    })),
  }
}

function compareAt(
  prices: Readonly<Record<string, number | undefined>> | undefined,
  market: string,
): bigint | null {
  const amount = prices?.[market]
  return amount === undefined ? null : BigInt(amount)
}
