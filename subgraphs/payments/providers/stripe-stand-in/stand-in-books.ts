// What the stand-in knows: its objects, what happened to them, and the money. As at Stripe, each change of an object is an
// event with the object as it was then.
import { randomBytes } from 'node:crypto'
import type Stripe from 'stripe'

export interface Card {
  /** Stripe makes a payment method for each time a card is given. */
  paymentMethod: string
  failure: { code: string; declineCode: string | null } | null
}

export interface Charge {
  id: string
  intent: string
  currency: string
  /** Held; `captured` of it was taken. */
  amount: number
  captured: number | null
  created: number
}

export interface Intent {
  id: string
  clientSecret: string
  amount: number
  currency: string
  captureMethod: 'automatic' | 'manual'
  metadata: Record<string, string>
  status: Stripe.PaymentIntent.Status
  card: Card | null
  charge: Charge | null
  cancellationReason: string | null
  returnUrl: string | null
  created: number
  /** Whether Stripe's index, which lags, has it. */
  isIndexed: boolean
}

export interface Refund {
  id: string
  intent: string
  charge: string
  amount: number
  currency: string
  metadata: Record<string, string>
  status: 'pending' | 'succeeded' | 'failed'
  created: number
}

export interface Dispute {
  id: string
  intent: string
  charge: string
  amount: number
  currency: string
  status: 'needs_response' | 'won' | 'lost'
  created: number
}

export interface HappenedEvent {
  id: string
  type: string
  created: number
  object: object
}

export interface Books {
  now: () => Date
  intents: Map<string, Intent>
  refunds: Map<string, Refund>
  disputes: Map<string, Dispute>
  /** Oldest first. */
  events: HappenedEvent[]
}

export function openBooks(now: () => Date): Books {
  return { now, intents: new Map(), refunds: new Map(), disputes: new Map(), events: [] }
}

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`
}

export function seconds({ now }: Books): number {
  return Math.floor(now().getTime() / 1000)
}

export function refundsOf({ refunds }: Books, intent: string): Refund[] {
  return [...refunds.values()].filter((refund) => refund.intent === intent).reverse()
}

export function disputesOf({ disputes }: Books, intent: string): Dispute[] {
  return [...disputes.values()].filter((dispute) => dispute.intent === intent).reverse()
}

/** What the house has at Stripe, fees apart: charges − refunds − disputes that are not won. */
export function balanceOf(books: Books, currency: string): number {
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
  const inCurrency = <T extends { currency: string }>(items: Iterable<T>) =>
    [...items].filter((item) => item.currency === currency)
  return (
    sum(inCurrency(books.intents.values()).map(({ charge }) => charge?.captured ?? 0)) -
    sum(
      inCurrency(books.refunds.values())
        .filter(({ status }) => status !== 'failed')
        .map(({ amount }) => amount),
    ) -
    sum(
      inCurrency(books.disputes.values())
        .filter(({ status }) => status !== 'won')
        .map(({ amount }) => amount),
    )
  )
}
