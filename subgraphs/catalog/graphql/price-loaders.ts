import DataLoader from 'dataloader'
import { findShelfPieces, type PriceKey, type ShelfPiece } from '../data/find-shelf-pieces.ts'
import type { PrismaClient } from '../data/generated/client.ts'
import { findShelfPromotions } from '../data/find-shelf-promotions.ts'
import type { Promotion } from '../domain/promotion.ts'
import { shelfPrice, type ShelfPrice } from '../domain/shelf-price.ts'

/** What a variant costs, promotions of the catalogue taken off. */
export interface VariantPrice extends ShelfPrice<Promotion> {
  currency: string
}

export interface ProductPriceRange {
  min: VariantPrice
  max: VariantPrice
}

const keyOf = ({ id, market }: PriceKey) => `${id} ${market}`

/** What a piece costs by the promotions that hold. */
export function priceOf(piece: ShelfPiece, promotions: readonly Promotion[]): VariantPrice {
  return { ...shelfPrice(piece, piece.market, promotions), currency: piece.market.currency }
}

export function createPriceLoaders(prisma: PrismaClient, now: Date) {
  const options = { cacheKeyFn: keyOf }
  let held: Promise<Promotion[]> | null = null
  /** Those that hold at the time of the request, read once for it. */
  const shelfPromotions = () => (held ??= findShelfPromotions(prisma, now))

  async function read(of: 'variants' | 'products', keys: readonly PriceKey[]) {
    const [pieces, promotions] = await Promise.all([
      findShelfPieces(prisma, { of, keys, now }),
      shelfPromotions(),
    ])
    return Map.groupBy(
      pieces.map((piece) => ({ key: keyOf(piece.key), price: priceOf(piece, promotions) })),
      ({ key }) => key,
    )
  }

  return {
    shelfPromotions,
    /** What a variant costs in a market at the time of the request; null where it is not sold. */
    price: new DataLoader<PriceKey, VariantPrice | null, string>(async (keys) => {
      const found = await read('variants', keys)
      return keys.map((key) => found.get(keyOf(key))?.[0]?.price ?? null)
    }, options),
    /** The lowest and highest price of what is sold of a product. */
    priceRange: new DataLoader<PriceKey, ProductPriceRange | null, string>(async (keys) => {
      const found = await read('products', keys)
      return keys.map((key) => toRange((found.get(keyOf(key)) ?? []).map(({ price }) => price)))
    }, options),
  }
}

function toRange(prices: readonly VariantPrice[]): ProductPriceRange | null {
  const [first, ...others] = prices
  if (!first) return null
  let [min, max] = [first, first]
  for (const price of others) {
    if (price.amountMinor < min.amountMinor) min = price
    if (price.amountMinor > max.amountMinor) max = price
  }
  return { min, max }
}
