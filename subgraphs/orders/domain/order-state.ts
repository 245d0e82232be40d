// Which steps an order allows, and what money does to it. Every other file asks here.

export type OrderStatus =
  | 'UNCONFIRMED'
  | 'UNFULFILLED'
  | 'PARTIALLY_FULFILLED'
  | 'FULFILLED'
  | 'PARTIALLY_RETURNED'
  | 'RETURNED'
  | 'EXPIRED'
  | 'CANCELED'

export type OrderStep = 'confirm' | 'expire' | 'cancel' | 'hand-over-some' | 'hand-over-all' | 'reinstate'

const steps: Record<OrderStep, { from: readonly OrderStatus[]; to: OrderStatus }> = {
  confirm: { from: ['UNCONFIRMED'], to: 'UNFULFILLED' },
  expire: { from: ['UNCONFIRMED'], to: 'EXPIRED' },
  cancel: { from: ['UNCONFIRMED'], to: 'CANCELED' },
  'hand-over-some': { from: ['UNFULFILLED', 'PARTIALLY_FULFILLED'], to: 'PARTIALLY_FULFILLED' },
  'hand-over-all': { from: ['UNFULFILLED', 'PARTIALLY_FULFILLED'], to: 'FULFILLED' },
  reinstate: { from: ['EXPIRED'], to: 'UNFULFILLED' },
}

/** Where the step leads; null when the order does not allow it where it stands. */
export function takeStep(status: OrderStatus, step: OrderStep): OrderStatus | null {
  return steps[step].from.includes(status) ? steps[step].to : null
}

export type ChargeDecision =
  /** Paid in full: the held goods are the customer's. */
  | { kind: 'Confirm' }
  /** Paid in full after the hold ended: take new goods if there are any, else reject. */
  | { kind: 'Reinstate' }
  /** Note it and wait for the rest, or nothing changes. */
  | { kind: 'Keep' }
  /** This money is for nothing and must go back. */
  | { kind: 'Reject'; reason: string }

/** What a charge means for the order. `paidBefore` and `paidNow` are net of refunds, without and with this charge. */
export function decideCharge(order: {
  status: OrderStatus
  isOfTill: boolean
  totalMinor: bigint
  paidBeforeMinor: bigint
  paidNowMinor: bigint
}): ChargeDecision {
  const isPaid = order.paidNowMinor >= order.totalMinor
  switch (order.status) {
    case 'UNCONFIRMED':
      return isPaid ? { kind: 'Confirm' } : { kind: 'Keep' }
    case 'EXPIRED':
      return isPaid
        ? { kind: 'Reinstate' }
        : { kind: 'Reject', reason: 'The order had expired and this does not pay it in full.' }
    case 'CANCELED':
      return { kind: 'Reject', reason: 'The order was called off before the money came.' }
    case 'UNFULFILLED':
    case 'PARTIALLY_FULFILLED':
    case 'FULFILLED':
    case 'PARTIALLY_RETURNED':
    case 'RETURNED':
      // A till's tenders were counted when the sale was recorded; payments only tells that it has booked them.
      return order.isOfTill ||
        order.paidBeforeMinor < order.totalMinor ||
        order.paidNowMinor <= order.paidBeforeMinor
        ? { kind: 'Keep' }
        : { kind: 'Reject', reason: 'The order was already paid.' }
  }
}
