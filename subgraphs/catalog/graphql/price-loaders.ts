import DataLoader from 'dataloader'
import type { PrismaClient } from '../data/generated/client.ts'

export interface VariantPrice {
  currency: string
  amountMinor: bigint
  compareAtMinor: bigint | null
}

export interface ProductPriceRange {
  currency: string
  minMinor: bigint
  maxMinor: bigint
}

/** Of what a price is asked: a variant or a product, and the market. */
interface PriceKey {
  id: string
  market: string
}

const keyOf = ({ id, market }: PriceKey) => `${id} ${market}`

export function createPriceLoaders(prisma: PrismaClient, now: Date) {
  const options = { cacheKeyFn: keyOf }
  return {
    /** What a variant costs in a market at the time of the request; null where it is not sold. */
    price: new DataLoader<PriceKey, VariantPrice | null, string>(async (keys) => {
      const rows = await prisma.$queryRaw<(PriceKey & VariantPrice)[]>`
        SELECT price.variant_id AS id, price.market_id AS market, price.currency,
               price.amount_minor AS "amountMinor", price.compare_at_minor AS "compareAtMinor"
        FROM prices price
        JOIN unnest(${keys.map((key) => key.id)}::uuid[], ${keys.map((key) => key.market)}::text[]) AS asked (id, market)
          ON asked.id = price.variant_id AND asked.market = price.market_id
        WHERE price.valid_from <= ${now} AND (price.valid_to IS NULL OR price.valid_to > ${now})`
      return inOrder(keys, rows)
    }, options),
    /** The lowest and highest price of what is sold of a product. */
    priceRange: new DataLoader<PriceKey, ProductPriceRange | null, string>(async (keys) => {
      const rows = await prisma.$queryRaw<(PriceKey & ProductPriceRange)[]>`
        SELECT variant.product_id AS id, price.market_id AS market, min(price.currency) AS currency,
               min(price.amount_minor) AS "minMinor", max(price.amount_minor) AS "maxMinor"
        FROM product_variants variant
        JOIN unnest(${keys.map((key) => key.id)}::uuid[], ${keys.map((key) => key.market)}::text[]) AS asked (id, market)
          ON asked.id = variant.product_id
        JOIN prices price ON price.variant_id = variant.id AND price.market_id = asked.market
        WHERE variant.retired_at IS NULL
          AND price.valid_from <= ${now} AND (price.valid_to IS NULL OR price.valid_to > ${now})
        GROUP BY variant.product_id, price.market_id`
      return inOrder(keys, rows)
    }, options),
  }
}

function inOrder<Row extends PriceKey>(keys: readonly PriceKey[], rows: readonly Row[]): (Row | null)[] {
  const found = new Map(rows.map((row) => [keyOf(row), row]))
  return keys.map((key) => found.get(keyOf(key)) ?? null)
}
