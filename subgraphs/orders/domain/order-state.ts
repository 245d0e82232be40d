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

export type OrderStep =
  | 'confirm'
  | 'expire'
  /** Nothing was paid in full: the shopper may. */
  | 'cancel'
  /** Paid, and nothing handed over: support may, and the money goes back. */
  | 'cancel-paid'
  | 'hand-over-some'
  | 'hand-over-all'
  | 'take-back-some'
  | 'take-back-all'
  | 'reinstate'

const steps: Record<OrderStep, Partial<Record<OrderStatus, OrderStatus>>> = {
  confirm: { UNCONFIRMED: 'UNFULFILLED' },
  expire: { UNCONFIRMED: 'EXPIRED' },
  cancel: { UNCONFIRMED: 'CANCELED' },
  'cancel-paid': { UNFULFILLED: 'CANCELED' },
  // A piece may come back while others still wait for their courier.
  'hand-over-some': {
    UNFULFILLED: 'PARTIALLY_FULFILLED',
    PARTIALLY_FULFILLED: 'PARTIALLY_FULFILLED',
    PARTIALLY_RETURNED: 'PARTIALLY_RETURNED',
  },
  'hand-over-all': {
    UNFULFILLED: 'FULFILLED',
    PARTIALLY_FULFILLED: 'FULFILLED',
    PARTIALLY_RETURNED: 'PARTIALLY_RETURNED',
  },
  'take-back-some': {
    PARTIALLY_FULFILLED: 'PARTIALLY_RETURNED',
    FULFILLED: 'PARTIALLY_RETURNED',
    PARTIALLY_RETURNED: 'PARTIALLY_RETURNED',
  },
  'take-back-all': { FULFILLED: 'RETURNED', PARTIALLY_RETURNED: 'RETURNED' },
  reinstate: { EXPIRED: 'UNFULFILLED' },
}

/** Where the step leads; null when the order does not allow it where it stands. */
export function takeStep(status: OrderStatus, step: OrderStep): OrderStatus | null {
  return steps[step][status] ?? null
}

/** What staff can do with an order: the words of the schema. */
export type StaffStep = 'CANCEL' | 'HAND_OVER' | 'TAKE_BACK'

/** `isWaiting`: a parcel of it waits to be handed over. */
export function nextStaffSteps(status: OrderStatus, isWaiting: boolean): StaffStep[] {
  const can = (step: OrderStep) => takeStep(status, step) !== null
  return [
    ...(can('cancel') || can('cancel-paid') ? (['CANCEL'] as const) : []),
    ...(isWaiting && can('hand-over-some') ? (['HAND_OVER'] as const) : []),
    ...(can('take-back-some') ? (['TAKE_BACK'] as const) : []),
  ]
}

export type ChargeDecision =
  /** Covered in full: the held goods are the customer's. */
  | { kind: 'Confirm' }
  /** Covered in full after the hold ended: take new goods if there are any, else reject. */
  | { kind: 'Reinstate' }
  /** Note it and wait for the rest, or nothing changes. */
  | { kind: 'Keep' }
  /** This money is for nothing and must go back. */
  | { kind: 'Reject'; reason: string }

/**
 * What a charge or an authorisation means for the order. `coveredBefore` and `coveredNow` are what is charged, net of
 * refunds, and what is authorised, without and with this money.
 */
export function decideCharge(order: {
  status: OrderStatus
  isOfTill: boolean
  totalMinor: bigint
  coveredBeforeMinor: bigint
  coveredNowMinor: bigint
}): ChargeDecision {
  const isCovered = order.coveredNowMinor >= order.totalMinor
  switch (order.status) {
    case 'UNCONFIRMED':
      return isCovered ? { kind: 'Confirm' } : { kind: 'Keep' }
    case 'EXPIRED':
      return isCovered
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
        order.coveredBeforeMinor < order.totalMinor ||
        order.coveredNowMinor <= order.coveredBeforeMinor
        ? { kind: 'Keep' }
        : { kind: 'Reject', reason: 'The order was already paid.' }
  }
}
