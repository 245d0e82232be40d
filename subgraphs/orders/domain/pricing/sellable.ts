import type { MarketRules } from './market-rules.ts'

/** What can be sold, as orders knows it. */
export interface SellableVariant {
  variantId: string
  productId: string
  sku: string
  names: Readonly<Record<string, string>>
  optionsLabels: Readonly<Record<string, string>>
  imageUrl: string | null
  category: string
  taxCategory: string
  collectionIds: readonly string[]
  weightGrams: number
  isSold: boolean
  prices: readonly SellablePrice[]
}

/** One line of a market's price list. */
export interface SellablePrice {
  marketId: string
  currency: string
  amountMinor: bigint
  /** What it cost before it was reduced. */
  compareAtMinor: bigint | null
  validFrom: Date
  validTo: Date | null
}

/** The newest price that has begun and not ended; null when the variant is not sold in this market's currency. */
export function priceInForce(
  sellable: SellableVariant,
  market: Pick<MarketRules, 'id' | 'currency'>,
  at: Date,
): SellablePrice | null {
  if (!sellable.isSold) return null
  let best: SellablePrice | null = null
  for (const price of sellable.prices) {
    if (price.marketId !== market.id || price.currency !== market.currency) continue
    if (price.validFrom > at || (price.validTo !== null && price.validTo <= at)) continue
    if (best === null || price.validFrom > best.validFrom) best = price
  }
  return best
}

/** Whether the variant has a price in the market now, whatever is in stock. */
export function isSoldIn(sellable: SellableVariant, market: MarketRules, at: Date): boolean {
  return priceInForce(sellable, market, at) !== null
}
