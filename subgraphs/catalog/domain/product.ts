import type { Translations } from './translations.ts'

// A product as a person or a file gives it, and the one form in which two states of a product are compared.

export type ProductStatus = 'DRAFT' | 'ACTIVE' | 'ARCHIVED'

export interface OptionValue {
  code: string
  names: Translations
  /** `#rrggbb`; null or absent when it is not a colour. */
  swatch?: string | null
}

export interface Option {
  code: string
  names: Translations
  values: readonly OptionValue[]
}

/** Minor units of the market's currency; the former price, if any, is above the price. */
export interface PriceAmounts {
  amountMinor: bigint
  compareAtMinor: bigint | null
}

export interface VariantInput {
  sku: string
  barcode: string | null
  /** Option code → value code. */
  options: Readonly<Record<string, string>>
  weightGrams: number
  hsCode?: string | null
  isSerialized?: boolean
  /** Market → price from now on; null withdraws it there; a market that is not named keeps its price. */
  prices: Readonly<Record<string, PriceAmounts | null>>
}

/** A whole product; its slug says which. */
export interface ProductInput {
  slug: string
  status: ProductStatus
  names: Translations
  descriptions: Translations
  details: Translations
  category: string
  taxCategory: string
  vendor?: string | null
  tags?: readonly string[]
  options: readonly Option[]
  /** In the order to show. A variant that is not named is no longer sold. */
  variants: readonly VariantInput[]
}

/** As many variants as a product may have; the schema promises it. */
export const mostVariants = 200

/** The same text for the same product, whatever the order of keys: equal texts mean that nothing changed. */
export function productFace(product: ProductInput): string {
  return JSON.stringify({
    status: product.status,
    names: sorted(product.names),
    descriptions: sorted(product.descriptions),
    details: sorted(product.details),
    category: product.category,
    taxCategory: product.taxCategory,
    vendor: product.vendor ?? null,
    tags: product.tags ?? [],
    options: product.options.map(({ code, names, values }) => ({
      code,
      names: sorted(names),
      values: values.map((value) => ({
        code: value.code,
        names: sorted(value.names),
        swatch: value.swatch ?? null,
      })),
    })),
    variants: product.variants.map(variantFace),
  })
}

/** The same text as long as the product stands where it stood in every list and search; what it costs does not matter there. */
export function listingFace(product: ProductInput): string {
  const sold = { amountMinor: 0n, compareAtMinor: null }
  const variants = product.variants.map((variant) => ({
    ...variant,
    prices: Object.fromEntries(
      Object.entries(variant.prices).map(([market, price]) => [market, price && sold] as const),
    ),
  }))
  return productFace({ ...product, variants })
}

/** The same for one variant. */
export function variantFace(variant: VariantInput): string {
  const prices = Object.entries(sorted(variant.prices)).flatMap(([market, price]) =>
    price === null ? [] : [[market, String(price.amountMinor), String(price.compareAtMinor)]],
  )
  return JSON.stringify([
    variant.sku,
    variant.barcode,
    sorted(variant.options),
    variant.weightGrams,
    variant.hsCode ?? null,
    variant.isSerialized ?? false,
    prices,
  ])
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}
