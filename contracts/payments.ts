import { z } from 'zod'
import { defineEvent } from '#platform/events/define-event.ts'
import { minorUnits } from '#platform/events/payloads.ts'

// What payments tells. Each event is about one transaction; `chargedMinor` and `refundedMinor` are its sums so far.

const transaction = z.object({
  transactionId: z.uuid(),
  orderId: z.uuid(),
  orderNumber: z.string(),
  kind: z.enum(['ONLINE', 'TERMINAL', 'CASH', 'BANK_TRANSFER', 'STORE_CREDIT']),
  provider: z.string(),
  pspReference: z.string().nullable(),
  currency: z.string(),
  amountMinor: minorUnits,
  /** Allowed and not yet taken or released. */
  authorizedMinor: minorUnits.optional(),
  chargedMinor: minorUnits,
  refundedMinor: minorUnits,
})

/** An attempt to pay began. */
export const paymentStarted = defineEvent({
  type: 'payment.started',
  aggregateType: 'transaction',
  payload: transaction,
})

/** The shopper must do something at the bank. */
export const paymentActionRequired = defineEvent({
  type: 'payment.action-required',
  aggregateType: 'transaction',
  payload: transaction,
})

/** The provider allows the money, and the house takes it later. Orders confirms from this too. */
export const paymentAuthorized = defineEvent({
  type: 'payment.authorized',
  aggregateType: 'transaction',
  payload: transaction,
})

/** Money was taken. Orders confirms from this. */
export const paymentCharged = defineEvent({
  type: 'payment.charged',
  aggregateType: 'transaction',
  payload: transaction,
})

/** The provider refused. The order stays unpaid until its hold ends. */
export const paymentFailed = defineEvent({
  type: 'payment.failed',
  aggregateType: 'transaction',
  payload: transaction.extend({ failureCode: z.string(), failureReason: z.string() }),
})

/** The attempt was called off before money was taken. */
export const paymentCanceled = defineEvent({
  type: 'payment.canceled',
  aggregateType: 'transaction',
  payload: transaction,
})

/** Money was given back. */
export const paymentRefunded = defineEvent({
  type: 'payment.refunded',
  aggregateType: 'transaction',
  payload: transaction,
})

/** Giving money back failed; a case is open. */
export const paymentRefundFailed = defineEvent({
  type: 'payment.refund-failed',
  aggregateType: 'transaction',
  payload: transaction.extend({ caseId: z.uuid(), reason: z.string() }),
})

/** The shopper's bank wants money back, or has decided about it. */
export const paymentDisputed = defineEvent({
  type: 'payment.disputed',
  aggregateType: 'transaction',
  payload: transaction.extend({
    disputeId: z.string(),
    disputedMinor: minorUnits,
    status: z.enum(['OPEN', 'WON', 'LOST']),
    reason: z.string(),
  }),
})

/** Money came that no order wants: a case is open and the refund under way. */
export const paymentOrphaned = defineEvent({
  type: 'payment.orphaned',
  aggregateType: 'transaction',
  payload: transaction.extend({ caseId: z.uuid(), reason: z.string() }),
})

const cashSession = z.object({
  cashSessionId: z.uuid(),
  registerId: z.uuid(),
  clerkRef: z.uuid(),
  currency: z.string(),
  floatMinor: minorUnits,
})

/** A till's drawer was opened for the day. */
export const cashSessionOpened = defineEvent({
  type: 'cash-session.opened',
  aggregateType: 'cash-session',
  payload: cashSession,
})

/** A till's drawer was counted. */
export const cashSessionClosed = defineEvent({
  type: 'cash-session.closed',
  aggregateType: 'cash-session',
  payload: cashSession.extend({ expectedMinor: minorUnits, countedMinor: minorUnits }),
})
