import type { ProductInput, VariantInput } from '../domain/product.ts'
import type { Tx } from './catalog-database.ts'
import type { Prisma } from './generated/client.ts'
import { readOptions, readSelection, readTranslations } from './json-columns.ts'

/** A price that holds now or will. */
export interface StoredPrice {
  id: string
  marketId: string
  amountMinor: bigint
  compareAtMinor: bigint | null
  validFrom: Date
  validTo: Date | null
}

export interface StoredVariant {
  id: string
  sku: string
  isRetired: boolean
  stockCount: number | null
  stockCountFile: string | null
  prices: readonly StoredPrice[]
}

/** A product as it is, locked: `face` is what somebody would give to make it exactly so. */
export interface StoredProduct {
  id: string
  publishedAt: Date | null
  face: ProductInput
  /** Retired ones too. */
  variants: readonly StoredVariant[]
}

/** Products by slug, their rows locked in one order until the end of `tx`. Those that do not exist are missing. */
export async function lockProducts(
  tx: Tx,
  slugs: readonly string[],
  now: Date,
): Promise<Map<string, StoredProduct>> {
  await tx.$queryRaw`SELECT id FROM products WHERE slug = ANY(${slugs}::text[]) ORDER BY slug FOR UPDATE`
  const rows = await tx.product.findMany({
    where: { slug: { in: [...slugs] } },
    include: {
      variants: {
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
        include: { prices: { where: { OR: [{ validTo: null }, { validTo: { gt: now } }] } } },
      },
    },
  })
  return new Map(rows.map((row) => [row.slug, toStored(row, now)]))
}

/** Locks products until the end of `tx`, in the order of `lockProducts`; the ids of those that exist. */
export async function lockProductIds(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM products WHERE id = ANY(${ids}::uuid[]) ORDER BY slug FOR UPDATE`
  return rows.map(({ id }) => id)
}

type Row = Prisma.ProductGetPayload<{ include: { variants: { include: { prices: true } } } }>

function toStored(row: Row, now: Date): StoredProduct {
  return {
    id: row.id,
    publishedAt: row.publishedAt,
    face: {
      slug: row.slug,
      status: row.status,
      names: readTranslations(row.names),
      descriptions: readTranslations(row.descriptions),
      details: readTranslations(row.details),
      category: row.category,
      taxCategory: row.taxCategory,
      vendor: row.vendor,
      tags: row.tags,
      options: readOptions(row.options),
      variants: row.variants.filter((variant) => !variant.retiredAt).map((variant) => toFace(variant, now)),
    },
    variants: row.variants.map((variant) => ({
      id: variant.id,
      sku: variant.sku,
      isRetired: variant.retiredAt !== null,
      stockCount: variant.stockCount,
      stockCountFile: variant.stockCountFile,
      prices: variant.prices,
    })),
  }
}

function toFace(variant: Row['variants'][number], now: Date): VariantInput {
  const current = variant.prices.filter((price) => price.validFrom <= now)
  return {
    sku: variant.sku,
    barcode: variant.barcode,
    options: readSelection(variant.options),
    weightGrams: variant.weightGrams,
    hsCode: variant.hsCode,
    isSerialized: variant.isSerialized,
    prices: Object.fromEntries(
      current.map(({ marketId, amountMinor, compareAtMinor }) => [marketId, { amountMinor, compareAtMinor }]),
    ),
  }
}
