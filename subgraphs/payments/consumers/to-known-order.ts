/** What payments keeps of an order, from what orders tells of it. */
export function toKnownOrder(payload: {
  orderId: string
  number: string
  customerRef: string | null
  marketId: string
  currency: string
  totalMinor: string
  expiresAt?: string
}) {
  const { orderId, number, customerRef, marketId, currency, totalMinor, expiresAt } = payload
  return {
    orderId,
    number,
    customerRef,
    marketId,
    currency,
    totalMinor: BigInt(totalMinor),
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
  }
}
