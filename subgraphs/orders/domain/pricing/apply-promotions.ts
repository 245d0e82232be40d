import { holds } from './conditions.ts'
import { giftLine, type GiftStock } from './gifts.ts'
import { lineShares } from './line-actions.ts'
import type { MarketRules } from './market-rules.ts'
import { type Cause, type OpenLine, takeOff } from './open-line.ts'
import { actionsOf, byTurn, isRunning, type Promotion } from './promotion.ts'
import type { ShippingStep } from './shipping.ts'

/** A code that a promotion needs, found to be good. */
export interface UsableVoucher {
  code: string
  promotionId: string
}

export interface Offers {
  promotions: readonly Promotion[]
  /** At most one per promotion. */
  vouchers: readonly UsableVoucher[]
}

/**
 * Does the promotions in their turn: takes from the lines, and returns the gifts and what comes off the delivery. The lines
 * come in an order that does not depend on who asks.
 */
export function applyPromotions(
  lines: readonly OpenLine[],
  offers: Offers,
  stock: GiftStock,
  sale: { market: MarketRules; country: string; at: Date },
): { gifts: OpenLine[]; shippingSteps: ShippingStep[] } {
  const { market, country, at } = sale
  const gifts: OpenLine[] = []
  const shipping = openShipping()
  const codes = new Map(offers.vouchers.map((voucher) => [voucher.promotionId, voucher.code]))
  for (const promotion of [...offers.promotions].sort(byTurn)) {
    const voucherCode = codes.get(promotion.id) ?? null
    if (!isRunning(promotion, market.id, at) || (promotion.needsVoucher && voucherCode === null)) continue
    const basket = { lines, country, currency: market.currency }
    if (!promotion.conditions.every((condition) => holds(condition, basket))) continue
    const isExclusive = promotion.stacking === 'EXCLUSIVE'
    const cause: Cause = { promotionId: promotion.id, names: promotion.names, voucherCode }
    const open = lines.filter((line) => (isExclusive ? line.discounts.length === 0 : !line.isClosed))
    const mayReduceShipping = shipping.isOpenTo(isExclusive)
    for (const action of actionsOf(promotion)) {
      if (action.kind === 'GIFT') {
        const gift = giftLine(action, cause, stock, sale)
        if (gift) gifts.push(gift)
      } else if (action.kind === 'SHIPPING_PERCENTAGE') {
        if (mayReduceShipping) shipping.reduce({ cause, ppm: action.ppm }, isExclusive)
      } else {
        const shares = lineShares(action, { lines, open, market, scope: promotion.scope })
        for (const share of shares) takeOff(share.line, cause, share.amountMinor)
      }
    }
    if (isExclusive) for (const line of open) line.isClosed = line.discounts.length > 0
  }
  return { gifts, shippingSteps: shipping.steps }
}

/** The delivery is taken from like one more line. */
function openShipping() {
  const steps: ShippingStep[] = []
  let isClosed = false
  return {
    steps,
    isOpenTo: (isExclusive: boolean) => (isExclusive ? steps.length === 0 : !isClosed),
    reduce(step: ShippingStep, closes: boolean) {
      steps.push(step)
      isClosed ||= closes
    },
  }
}
