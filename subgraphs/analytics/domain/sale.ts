/** An order that was paid: what the figures are made of. Amounts are minor units of `currency`. */
export interface Sale {
  orderId: string
  /** The event it was made from. */
  eventId: string
  number: string
  soldAt: Date
  market: string
  channel: string
  shop: string | null
  currency: string
  units: number
  /** The goods as sold, after discounts: with tax where the market's prices include it, before it where they do not. */
  grossMinor: bigint
  taxMinor: bigint
  shippingMinor: bigint
  totalMinor: bigint
  lines: readonly SaleLine[]
}

export interface SaleLine {
  lineId: string
  productId: string
  variantId: string
  sku: string
  name: string
  category: string
  quantity: number
  grossMinor: bigint
  taxMinor: bigint
}

/**
 * Whether one telling of a sale counts before another of the same order: the first that happened, whichever came
 * first, so that figures do not depend on the order of delivery.
 */
export function isEarlier(a: Pick<Sale, 'soldAt' | 'eventId'>, b: Pick<Sale, 'soldAt' | 'eventId'>): boolean {
  const difference = a.soldAt.getTime() - b.soldAt.getTime()
  return difference < 0 || (difference === 0 && a.eventId < b.eventId)
}
