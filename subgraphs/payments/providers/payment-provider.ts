import type { IncomingHttpHeaders } from 'node:http'
import type { TransactionEventType } from '../domain/fold-transaction.ts'

/** One thing the provider says has happened. The same thing told twice has the same type and reference. */
export interface Fact {
  type: TransactionEventType
  pspReference: string
  currency: string
  amountMinor: bigint
  code: string | null
  message: string | null
  at: Date
}

/** What is so with one intent, as far as the provider says. */
export interface Report {
  /** The provider's reference of the intent. */
  reference: string
  /** Our transaction, which the provider was told when the intent was made; null when it does not say. */
  transactionId: string | null
  facts: Fact[]
}

/** A webhook whose signature holds. `report` is null when it tells nothing about a payment. */
export interface Notice {
  /** The provider's own id, the same in every repetition. */
  id: string
  type: string
  report: Report | null
}

export interface NewIntent {
  transactionId: string
  orderId: string
  orderNumber: string
  currency: string
  amountMinor: bigint
  returnPath: string
  /** Stored before the first call. The same key never makes a second intent. */
  idempotencyKey: string
  /** When the attempt was begun: where to look for an intent whose making was answered with an error. */
  begunAt: Date
}

export interface NewRefund {
  reference: string
  amountMinor: bigint
  currency: string
  idempotencyKey: string
}

/**
 * Who moves money on the web. Every call may fail with ProviderUnavailable (nothing is known, call again with the same
 * key) or ProviderRefused (it will not do this, however often it is asked).
 */
export interface PaymentProvider {
  readonly name: 'sandbox' | 'stripe'
  /** What the page needs to take a card; null when it needs nothing. */
  readonly publishableKey: string | null
  createIntent(intent: NewIntent): Promise<{ reference: string; clientSecret: string }>
  retrieve(reference: string): Promise<Report>
  /** Calls the intent off unless money was taken or is just being taken; tells what is so afterwards. */
  cancel(reference: string): Promise<Report>
  /** Tells REFUND_SUCCESS, REFUND_FAILURE, or neither while it is under way. */
  refund(refund: NewRefund): Promise<{ refundReference: string; facts: Fact[] }>
  /** Reads a webhook. Throws SignatureInvalid unless the provider signed exactly these bytes lately. */
  verify(rawBody: Buffer, headers: IncomingHttpHeaders): Notice
  /** Reads the body of a webhook that was verified when it came. */
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
