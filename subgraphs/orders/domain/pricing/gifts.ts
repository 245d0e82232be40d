import type { Cause, OpenLine } from './open-line.ts'
import { openLine } from './open-line.ts'
import type { MarketRules } from './market-rules.ts'
import type { GiftAction } from './promotion.ts'
import { priceInForce, type SellableVariant } from './sellable.ts'

/** Pieces that are there to be given away. */
export interface GiftStock {
  sellables: ReadonlyMap<string, SellableVariant>
  /** Pieces left once everything that is bought is taken. It shrinks with every gift. */
  left: Map<string, number>
}

/**
 * A gift as a line of its own: at its price, and the whole of it taken off. None when it is not sold in the market or there
 * are too few pieces; it changes no total, so a basket costs the same with and without it.
 */
export function giftLine(
  action: GiftAction,
  cause: Cause,
  stock: GiftStock,
  sale: { market: MarketRules; at: Date },
): OpenLine | null {
  const { variantId, quantity } = action
  const sellable = stock.sellables.get(variantId)
  const price = sellable && priceInForce(sellable, sale.market, sale.at)
  const left = stock.left.get(variantId) ?? 0
  if (!price || left < quantity) return null
  stock.left.set(variantId, left - quantity)
  const line = openLine({
    variantId,
    quantity,
    sellable,
    unitPriceMinor: price.amountMinor,
    compareAtMinor: price.compareAtMinor,
  })
  // Told even when it costs nothing: somebody will ask why it is there.
  return { ...line, leftMinor: 0n, discounts: [{ ...cause, amountMinor: line.totalMinor }], isClosed: true }
}
