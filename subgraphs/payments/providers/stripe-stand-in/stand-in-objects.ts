// The stand-in's objects as Stripe shows them: our fields over Stripe's own examples, where those are at hand.
import type Stripe from 'stripe'
import {
  type Books,
  type Card,
  type Charge,
  type Dispute,
  disputesOf,
  type HappenedEvent,
  type Intent,
  type Refund,
  refundsOf,
} from './stand-in-books.ts'

export type Fields = Record<string, unknown>

export interface StripeExamples {
  payment_intent: Fields
  charge: Fields
  refund: Fields
  dispute: Fields
  event: Fields
}

/** `expand[]` of a request. */
type Expanded = readonly string[]

export function createShow(examples: Partial<StripeExamples>) {
  function intent(books: Books, intent: Intent, expanded: Expanded = []): Fields {
    const { charge, card } = intent
    const isHeld = intent.status === 'requires_capture'
    const isExpanded = expanded.some((path) => path.startsWith('latest_charge'))
    const shown = {
      id: intent.id,
      object: 'payment_intent',
      amount: intent.amount,
      amount_capturable: isHeld ? intent.amount : 0,
      amount_received: charge?.captured ?? 0,
      canceled_at: intent.status === 'canceled' ? intent.created : null,
      cancellation_reason: intent.cancellationReason,
      capture_method: intent.captureMethod,
      client_secret: intent.clientSecret,
      created: intent.created,
      currency: intent.currency,
      last_payment_error: card?.failure ? lastError(card.paymentMethod, card.failure) : null,
      latest_charge:
        charge && isExpanded ? (chargeOf(books, charge, expanded) as never) : (charge?.id ?? null),
      livemode: false,
      metadata: intent.metadata,
      next_action:
        intent.status === 'requires_action'
          ? {
              type: 'redirect_to_url',
              redirect_to_url: { url: bankUrl(intent), return_url: intent.returnUrl },
            }
          : null,
      payment_method: card && !card.failure ? card.paymentMethod : null,
      status: intent.status,
    } satisfies Partial<Stripe.PaymentIntent>
    return { ...examples.payment_intent, ...shown }
  }

  function chargeOf(books: Books, charge: Charge, expanded: Expanded): Fields {
    const refunds = refundsOf(books, charge.intent)
    const given = refunds.filter(({ status }) => status !== 'failed')
    const page = refunds.slice(0, 10).map(refund)
    const isDisputed = disputesOf(books, charge.intent).length > 0
    const shown = {
      id: charge.id,
      object: 'charge',
      amount: charge.amount,
      amount_captured: charge.captured ?? 0,
      amount_refunded: given.reduce((sum, { amount }) => sum + amount, 0),
      captured: charge.captured !== null,
      created: charge.created,
      currency: charge.currency,
      disputed: isDisputed,
      payment_intent: charge.intent,
      status: 'succeeded',
    } satisfies Partial<Stripe.Charge>
    const list = { object: 'list', data: page, has_more: refunds.length > page.length, url: '/v1/refunds' }
    const isListed = expanded.includes('latest_charge.refunds')
    const { refunds: _, ...example } = examples.charge ?? {}
    return { ...example, ...shown, ...(isListed && { refunds: list }) }
  }

  function refund(refund: Refund): Fields {
    const shown = {
      id: refund.id,
      object: 'refund',
      amount: refund.amount,
      charge: refund.charge,
      created: refund.created,
      currency: refund.currency,
      metadata: refund.metadata,
      payment_intent: refund.intent,
      status: refund.status,
      ...(refund.status === 'failed' && { failure_reason: 'expired_or_canceled_card' }),
    } satisfies Partial<Stripe.Refund>
    return { ...examples.refund, ...shown }
  }

  function dispute(dispute: Dispute): Fields {
    const evidence = (examples.dispute?.evidence_details ?? {}) as Fields
    const shown = {
      id: dispute.id,
      object: 'dispute',
      amount: dispute.amount,
      charge: dispute.charge,
      created: dispute.created,
      currency: dispute.currency,
      payment_intent: dispute.intent,
      reason: 'fraudulent',
      status: dispute.status,
    } satisfies Partial<Stripe.Dispute>
    const dueBy = dispute.created + 7 * 24 * 60 * 60
    return { ...examples.dispute, ...shown, evidence_details: { ...evidence, due_by: dueBy } }
  }

  function event({ id, type, created, object }: HappenedEvent): Fields {
    const shown = { id, object: 'event', created, type, livemode: false, data: { object } }
    return { ...examples.event, ...shown }
  }

  return { intent, charge: chargeOf, refund, dispute, event }
}

export type Show = ReturnType<typeof createShow>

function lastError(paymentMethod: string, { code, declineCode }: NonNullable<Card['failure']>) {
  return {
    type: 'card_error' as const,
    code,
    ...(declineCode !== null && { decline_code: declineCode }),
    message: 'Your card was declined.',
    payment_method: { id: paymentMethod, object: 'payment_method' } as Stripe.PaymentMethod,
  }
}

/** The page of the shopper's bank. */
function bankUrl({ id }: Intent): string {
  return `https://hooks.stripe.com/redirect/authenticate/${id}`
}
