// Where a transaction stands, as a pure fold over what happened to it.

export type TransactionStatus =
  'PENDING' | 'ACTION_REQUIRED' | 'AUTHORIZED' | 'CHARGED' | 'FAILED' | 'CANCELED' | 'REFUNDED'

export type TransactionEventType =
  | 'CHARGE_REQUEST'
  | 'CHARGE_ACTION_REQUIRED'
  | 'AUTHORIZATION_SUCCESS'
  | 'CHARGE_SUCCESS'
  | 'CHARGE_FAILURE'
  | 'CANCEL_REQUEST'
  | 'CANCEL_SUCCESS'
  | 'REFUND_REQUEST'
  | 'REFUND_SUCCESS'
  | 'REFUND_FAILURE'

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
  chargedMinor: bigint
  refundedMinor: bigint
  failureCode: string | null
  failureReason: string | null
  /** No more money can be taken by it. */
  isClosed: boolean
}

// Within one attempt (one card given once) what comes later in this list is later in the world, whatever the order or
// the clock it was told with: a webhook's time has whole seconds, and webhooks overtake one another.
const steps: Partial<Record<TransactionEventType, TransactionStatus>> = {
  CHARGE_REQUEST: 'PENDING',
  CHARGE_ACTION_REQUIRED: 'ACTION_REQUIRED',
  AUTHORIZATION_SUCCESS: 'AUTHORIZED',
  CHARGE_FAILURE: 'FAILED',
}
const order = Object.keys(steps)

/**
 * The same events give the same standing in whatever order they came. Money counts first: a failure or a cancellation
 * never downgrades what is charged. Money in another currency than asked is not counted.
 */
export function foldTransaction(currency: string, events: readonly LedgerEvent[]): Standing {
  const chargedMinor = sum(
    events.filter((event) => event.type === 'CHARGE_SUCCESS' && event.currency === currency),
  )
  const refundedMinor = sumOfRefunds(currency, events)
  const isCanceled = events.some((event) => event.type === 'CANCEL_SUCCESS')
  const latest = latestStep(events)
  const base = {
    chargedMinor,
    refundedMinor,
    failureCode: null,
    failureReason: null,
    isClosed: isCanceled || events.some((event) => event.type === 'CHARGE_SUCCESS'),
  }
  if (chargedMinor > 0n) return { ...base, status: refundedMinor >= chargedMinor ? 'REFUNDED' : 'CHARGED' }
  // What failed and was called off afterwards stays failed: that is what the shopper and support saw.
  if (latest?.type === 'CHARGE_FAILURE') {
    return { ...base, status: 'FAILED', failureCode: latest.code, failureReason: latest.message }
  }
  if (isCanceled) return { ...base, status: 'CANCELED' }
  return { ...base, status: (latest && steps[latest.type]) ?? 'PENDING' }
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
function sumOfRefunds(currency: string, events: readonly LedgerEvent[]): bigint {
  const failed = new Set(
    events.filter((event) => event.type === 'REFUND_FAILURE').map((event) => event.pspReference),
  )
  return sum(
    events.filter(
      (event) =>
        event.type === 'REFUND_SUCCESS' && event.currency === currency && !failed.has(event.pspReference),
    ),
  )
}

function sum(events: readonly LedgerEvent[]): bigint {
  return events.reduce((total, event) => total + event.amountMinor, 0n)
}
