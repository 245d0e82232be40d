import { digitsOf, toAmount } from '#app/staff/amount.ts'

/** What an order came to on average, rounded half up to the currency's digits; null without orders. */
export function averageOrder(
  total: { currency: string; amount: string; minorUnits: string },
  orders: number,
): { currency: string; amount: string } | null {
  if (orders === 0) return null
  const minor = BigInt(total.minorUnits)
  const by = BigInt(orders)
  const average = (2n * minor + by) / (2n * by)
  return { currency: total.currency, amount: toAmount(average, digitsOf(total.amount)) }
}
