import type { RoundingMode } from '#platform/money/round.ts'
import type { Piece, ShelfMarket } from '../domain/shelf-price.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'

/** Of what a price is asked: a variant or a product, and the market. */
export interface PriceKey {
  id: string
  market: string
}

/** What is sold of it there, at the price in force before promotions. */
export interface ShelfPiece extends Piece {
  /** As asked. */
  key: PriceKey
  market: ShelfMarket
}

type Row = Piece & PriceKey & { currency: string; roundingMode: RoundingMode }

/** The pieces behind keys that name variants or products, in one statement. */
export async function findShelfPieces(
  prisma: PrismaClient,
  { of, keys, now }: { of: 'variants' | 'products'; keys: readonly PriceKey[]; now: Date },
): Promise<ShelfPiece[]> {
  const asked = of === 'variants' ? Prisma.sql`variant.id` : Prisma.sql`variant.product_id`
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT asked.id, asked.market, price.currency, market.rounding_mode AS "roundingMode",
           price.amount_minor AS "amountMinor", price.compare_at_minor AS "compareAtMinor",
           variant.id AS "variantId", variant.product_id AS "productId", product.category,
           ARRAY(SELECT member.collection_id::text FROM collection_products member
                 WHERE member.product_id = variant.product_id) AS "collectionIds"
    FROM unnest(${keys.map((key) => key.id)}::uuid[], ${keys.map((key) => key.market)}::text[]) AS asked (id, market)
    JOIN product_variants variant ON ${asked} = asked.id AND variant.retired_at IS NULL
    JOIN products product ON product.id = variant.product_id
    JOIN prices price ON price.variant_id = variant.id AND price.market_id = asked.market
     AND price.valid_from <= ${now} AND (price.valid_to IS NULL OR price.valid_to > ${now})
    JOIN markets market ON market.id = price.market_id
    ORDER BY variant.position, variant.id`
  return rows.map(({ id, market, currency, roundingMode, ...piece }) => ({
    ...piece,
    key: { id, market },
    market: { marketId: market, currency, roundingMode },
  }))
}
