import type { IncomingHttpHeaders } from 'node:http'
import type { TransactionEventType } from '../domain/fold-transaction.ts'

/**
 * One thing the provider says has happened. The same thing told twice has the same type and reference.
 *
 * Of one attempt: CHARGE_REQUEST (under way), CHARGE_ACTION_REQUIRED, CHARGE_FAILURE, AUTHORIZATION_SUCCESS (how much may
 * be taken), CHARGE_SUCCESS (how much was taken), CANCEL_SUCCESS (how much is released: all of it, or what a smaller
 * capture has left). Of a refund: REFUND_SUCCESS, and REFUND_FAILURE of the same reference should the bank send it back,
 * also after it had succeeded. CHARGE_BACK: a dispute that was lost.
 */
export interface Fact {
  type: TransactionEventType
  pspReference: string
  currency: string
  amountMinor: bigint
  code: string | null
  message: string | null
  at: Date
}

/** The shopper's bank wants money back. The money is gone for good once it is LOST; then a CHARGE_BACK is told too. */
export interface Dispute {
  /** The provider's own reference, the same in every telling. */
  reference: string
  status: 'OPEN' | 'WON' | 'LOST'
  currency: string
  amountMinor: bigint
  /** The provider's word for it, such as `fraudulent`. */
  reason: string
  /** Until when the house may answer; null when nobody says. */
  respondBy: Date | null
  at: Date
}

/** What is so with one intent, as far as the provider says. */
export interface Report {
  /** The provider's reference of the intent. */
  reference: string
  /** Our transaction, which the provider was told when the intent was made; null when it does not say. */
  transactionId: string | null
  facts: Fact[]
  disputes: Dispute[]
}

/** An event as the provider names it: what a webhook is kept under. */
export interface EventName {
  /** The provider's own id, the same in every repetition. */
  id: string
  type: string
}

/** What an event tells. `report` is null when that is nothing about a payment. */
export interface Notice extends EventName {
  report: Report | null
}

/** `manual`: the shopper's money is only held until `capture` takes it. */
export type CaptureMethod = 'automatic' | 'manual'

export interface NewIntent {
  transactionId: string
  orderId: string
  orderNumber: string
  currency: string
  amountMinor: bigint
  captureMethod: CaptureMethod
  returnPath: string
  /** Stored before the first call. The same key never makes a second intent. */
  idempotencyKey: string
  /** When the attempt was begun: where to look for an intent whose making was answered with an error. */
  begunAt: Date
}

export interface NewCapture {
  reference: string
  /** At most what is authorised; the rest is released. */
  amountMinor: bigint
  currency: string
  /** Stored before the first call; a capture of another amount needs another. */
  idempotencyKey: string
}

export interface NewRefund {
  reference: string
  /** A part of what was taken, or all of it. */
  amountMinor: bigint
  currency: string
  /** Stored before the first call. The same key never gives back twice, however late it is repeated. */
  idempotencyKey: string
  /** When the key was stored: providers forget keys, after which the refund is looked for. */
  begunAt: Date
}

/** One page of the provider's events of a window of time, newest first. */
export interface EventPage {
  since: Date
  until: Date
  /** `next` of the page before; null for the first. */
  after: string | null
}

/** An event of the list, with the body that its webhook has, to keep. */
export interface ListedEvent extends EventName {
  payload: unknown
}

/**
 * Who moves money on the web. Every call may fail with ProviderUnavailable (nothing is known, call again with the same
 * key) or ProviderRefused (it will not do this, however often it is asked). What has already been done is no refusal:
 * capturing what is captured, or calling off what is called off, tells what is so.
 */
export interface PaymentProvider {
  readonly name: 'sandbox' | 'stripe'
  /** What the page needs to take a card; null when it needs nothing. */
  readonly publishableKey: string | null
  createIntent(intent: NewIntent): Promise<{ reference: string; clientSecret: string }>
  /** Also tells refunds and disputes. */
  retrieve(reference: string): Promise<Report>
  /**
   * Calls the intent off, or releases what is authorised, unless money was taken or is just being taken; tells what is so
   * afterwards. Its state makes it safe to repeat: a key would repeat an old "not now" instead of trying again.
   */
  cancel(reference: string): Promise<Report>
  /** Takes authorised money, once; tells what is so afterwards: CHARGE_SUCCESS only if money was taken, now or before. */
  capture(capture: NewCapture): Promise<Report>
  /** Tells REFUND_SUCCESS, REFUND_FAILURE, or neither while it is under way. */
  refund(refund: NewRefund): Promise<{ refundReference: string; facts: Fact[] }>
  /** What happened in a window of time, at most 100 a page; `next` is null on the last one. */
  listEvents(page: EventPage): Promise<{ events: ListedEvent[]; next: string | null }>
  /** Names a webhook. Throws SignatureInvalid unless the provider signed exactly these bytes lately. */
  verify(rawBody: Buffer, headers: IncomingHttpHeaders): EventName
  /** Reads the body of an event that was verified or listed when it came. */
  read(payload: unknown): Notice
}

/** The providers by the name that a transaction keeps. */
export type Providers = ReadonlyMap<string, PaymentProvider>

/** The provider did not answer, or not so that one knows what happened. */
export class ProviderUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ProviderUnavailable'
  }
}

/** The provider answered that it will not do this. */
export class ProviderRefused extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ProviderRefused'
    this.code = code
  }
}

/** These bytes are not the provider's, or not of today. */
export class SignatureInvalid extends Error {
  constructor(message = 'The signature does not hold.', options?: ErrorOptions) {
    super(message, options)
    this.name = 'SignatureInvalid'
  }
}
