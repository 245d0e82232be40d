import { sumOf } from './open-line.ts'
import type { Basket } from './price-basket.ts'

/** The same basket when there are no pieces to give. A gift is taken off in full and untaxed, so the total stays. */
export function withoutGifts(basket: Basket): Basket {
  const gifts = basket.lines.filter((line) => line.isGift)
  const given = sumOf(gifts.map((line) => line.totalMinor))
  return {
    ...basket,
    lines: basket.lines.filter((line) => !line.isGift),
    subtotalMinor: basket.subtotalMinor - given,
    discountMinor: basket.discountMinor - given,
  }
}
