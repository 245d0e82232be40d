// Where a transaction stands, as a pure fold over what happened to it.

export type TransactionStatus =
  'PENDING' | 'ACTION_REQUIRED' | 'AUTHORIZED' | 'CHARGED' | 'FAILED' | 'CANCELED' | 'REFUNDED'

export type TransactionEventType =
  | 'AUTHORIZATION_REQUEST'
  | 'AUTHORIZATION_SUCCESS'
  | 'AUTHORIZATION_FAILURE'
  | 'CHARGE_REQUEST'
  | 'CHARGE_ACTION_REQUIRED'
  | 'CHARGE_SUCCESS'
  | 'CHARGE_FAILURE'
  | 'CHARGE_BACK'
  | 'CANCEL_REQUEST'
  | 'CANCEL_SUCCESS'
  | 'CANCEL_FAILURE'
  | 'REFUND_REQUEST'
  | 'REFUND_SUCCESS'
  | 'REFUND_FAILURE'
  | 'REFUND_REVERSE'

export interface LedgerEvent {
  type: TransactionEventType
  /** The provider's reference of the attempt, the charge or the refund this is about. */
  pspReference: string
  currency: string
  amountMinor: bigint
  code: string | null
  message: string | null
  at: Date
}

export interface Standing {
  status: TransactionStatus
  /** Allowed, and neither taken nor released. */
  authorizedMinor: bigint
  chargedMinor: bigint
  /** Never more than is charged: a refund that is told before its charge counts once that is told too. */
  refundedMinor: bigint
  /** What the shopper's bank took back; with `refundedMinor` never more than is charged. */
  chargedBackMinor: bigint
  failureCode: string | null
  failureReason: string | null
  /** No more money can be taken by it. */
  isClosed: boolean
}

// Within one attempt (one card given once) what comes later in this list is later in the world, whatever the order or
// the clock it was told with: a webhook's time has whole seconds, and webhooks overtake one another.
const steps: Partial<Record<TransactionEventType, TransactionStatus>> = {
  AUTHORIZATION_REQUEST: 'PENDING',
  CHARGE_REQUEST: 'PENDING',
  CHARGE_ACTION_REQUIRED: 'ACTION_REQUIRED',
  AUTHORIZATION_FAILURE: 'FAILED',
  CHARGE_FAILURE: 'FAILED',
}
const order = Object.keys(steps)

/**
 * The same events give the same standing in whatever order they came. Money counts first: what is charged is never
 * downgraded by a failure or a cancellation, nor what is authorised by a failure to take it. Money in another currency
 * than asked is not counted. One charge ends an authorisation: providers release what was not taken with it.
 */
export function foldTransaction(currency: string, events: readonly LedgerEvent[]): Standing {
  const ours = events.filter((event) => event.currency === currency)
  const chargedMinor = sumOf(ours, 'CHARGE_SUCCESS')
  const refundedMinor = least(sumOfRefunds(ours, events), chargedMinor)
  const chargedBackMinor = least(sumOf(ours, 'CHARGE_BACK'), chargedMinor - refundedMinor)
  const allowedMinor = sumOf(ours, 'AUTHORIZATION_SUCCESS')
  const isCanceled = events.some((event) => event.type === 'CANCEL_SUCCESS')
  const isClosed = isCanceled || events.some((event) => event.type === 'CHARGE_SUCCESS')
  const base = {
    authorizedMinor: isClosed ? 0n : allowedMinor,
    chargedMinor,
    refundedMinor,
    chargedBackMinor,
    failureCode: null,
    failureReason: null,
    isClosed,
  }
  if (chargedMinor > 0n) {
    const isAllBack = refundedMinor + chargedBackMinor === chargedMinor
    return { ...base, status: isAllBack ? 'REFUNDED' : 'CHARGED' }
  }
  if (allowedMinor > 0n) return { ...base, status: isClosed ? 'CANCELED' : 'AUTHORIZED' }
  const latest = latestStep(events)
  const status = (latest && steps[latest.type]) ?? 'PENDING'
  // What failed and was called off afterwards stays failed: that is what the shopper and support saw.
  if (latest && status === 'FAILED') {
    return { ...base, status, failureCode: latest.code, failureReason: latest.message }
  }
  return { ...base, status: isCanceled ? 'CANCELED' : status }
}

/** The furthest step of the attempt that began last. */
function latestStep(events: readonly LedgerEvent[]): LedgerEvent | null {
  const attempts = new Map<string, { beganAt: number; furthest: LedgerEvent }>()
  for (const event of events) {
    if (steps[event.type] === undefined) continue
    const attempt = attempts.get(event.pspReference)
    attempts.set(event.pspReference, {
      beganAt: Math.min(attempt?.beganAt ?? Infinity, secondOf(event.at)),
      furthest: attempt && rank(attempt.furthest) >= rank(event) ? attempt.furthest : event,
    })
  }
  const [last] = [...attempts.values()].sort(
    (a, b) =>
      b.beganAt - a.beganAt ||
      rank(b.furthest) - rank(a.furthest) ||
      (a.furthest.pspReference < b.furthest.pspReference ? 1 : -1),
  )
  return last?.furthest ?? null
}

// A webhook's time is cut to whole seconds, ours is not: a card refused within a second of its request would seem to be
// refused before it was asked. Within one second the further step is the later one.
const secondOf = (at: Date): number => Math.floor(at.getTime() / 1000)

const rank = (event: LedgerEvent): number => order.indexOf(event.type)

/** A refund may succeed at first and fail days later, when the bank sends it back: then nothing was given back. */
function sumOfRefunds(ours: readonly LedgerEvent[], events: readonly LedgerEvent[]): bigint {
  const undone = new Set(
    events
      .filter(({ type }) => type === 'REFUND_FAILURE' || type === 'REFUND_REVERSE')
      .map(({ pspReference }) => pspReference),
  )
  return sumOf(
    ours.filter(({ pspReference }) => !undone.has(pspReference)),
    'REFUND_SUCCESS',
  )
}

function sumOf(events: readonly LedgerEvent[], type: TransactionEventType): bigint {
  return events.reduce((total, event) => (event.type === type ? total + event.amountMinor : total), 0n)
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
