import { Prisma } from './generated/client.ts'

/** Where and when something has to be sold to be shown. */
export interface SoldIn {
  market: string
  now: Date
}

/**
 * The condition that a product has a variant which costs something in a market now: what `Product.priceRange` answers with a
 * price. `productId` and `market` are expressions of the statement it is put into.
 */
export function isSoldInMarket(productId: Prisma.Sql, market: Prisma.Sql, now: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM product_variants variant JOIN prices price ON price.variant_id = variant.id
    WHERE variant.product_id = ${productId} AND variant.retired_at IS NULL
      AND price.market_id = ${market}
      AND price.valid_from <= ${now} AND (price.valid_to IS NULL OR price.valid_to > ${now}))`
}
