import { type MoneyOutput, moneyColumns } from '#platform/graphql/money-output.ts'
import type { JudgedVoucher } from '../domain/pricing/judge-vouchers.ts'
import type { Discount } from '../domain/pricing/open-line.ts'
import { sumOf } from '../domain/pricing/open-line.ts'
import type { Basket, WantedLine } from '../domain/pricing/price-basket.ts'

interface Problem {
  variant: { id: string }
  code: 'OUT_OF_STOCK' | 'NOT_SOLD_HERE'
  available: number
}

export function problemsOf(
  basket: Basket,
  wanted: readonly WantedLine[],
  left: ReadonlyMap<string, number>,
): Problem[] {
  return wanted.flatMap<Problem>(({ variantId, quantity }) => {
    const variant = { id: variantId }
    if (basket.notSoldHere.includes(variantId)) return [{ variant, code: 'NOT_SOLD_HERE', available: 0 }]
    const available = left.get(variantId) ?? 0
    return available < quantity ? [{ variant, code: 'OUT_OF_STOCK', available }] : []
  })
}

/** A priced basket as the schema tells it. */
export function toQuote(basket: Basket, vouchers: readonly JudgedVoucher[], problems: Problem[]) {
  const amount = (minorUnits: bigint): MoneyOutput => moneyColumns(basket.currency, minorUnits)
  const tell = (discounts: readonly Discount[]) =>
    discounts.map(({ amountMinor, ...discount }) => ({ ...discount, amount: amount(amountMinor) }))
  const all = [...basket.lines.flatMap((line) => line.discounts), ...basket.shippingDiscounts]
  return {
    lines: basket.lines.map((line) => ({
      variant: { id: line.variantId },
      quantity: line.quantity,
      unitPrice: amount(line.unitPriceMinor),
      compareAtPrice: line.compareAtMinor === null ? null : amount(line.compareAtMinor),
      total: amount(line.totalMinor),
      discount: amount(line.discountMinor),
      discounts: tell(line.discounts),
      isGift: line.isGift,
    })),
    subtotal: amount(basket.subtotalMinor),
    shipping: amount(basket.shippingMinor),
    discount: amount(basket.discountMinor),
    discounts: tell(byPromotion(all)),
    shippingDiscounts: tell(basket.shippingDiscounts),
    tax: amount(basket.taxMinor),
    taxIncluded: basket.taxIncluded,
    total: amount(basket.totalMinor),
    vouchers: vouchers.map(({ code, refusal }) => ({
      code,
      refusal,
      discount: amount(
        sumOf(all.filter((each) => each.voucherCode === code).map((each) => each.amountMinor)),
      ),
    })),
    shippingMethods: basket.shippingChoices.map((choice) => ({
      method: choice.method,
      price: amount(choice.leftMinor),
      isChosen: choice === basket.shipping,
    })),
    problems,
  }
}

/** One entry per promotion, where it was first. */
function byPromotion(discounts: readonly Discount[]): Discount[] {
  const sums = new Map<string, Discount>()
  for (const discount of discounts) {
    const before = sums.get(discount.promotionId)
    const amountMinor = (before?.amountMinor ?? 0n) + discount.amountMinor
    sums.set(discount.promotionId, { ...discount, amountMinor })
  }
  return [...sums.values()]
}
