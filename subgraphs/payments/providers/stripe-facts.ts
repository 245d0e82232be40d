// What Stripe's objects mean for our ledger.
import type Stripe from 'stripe'
import type { Dispute, Fact, Notice, Report } from './payment-provider.ts'
import { fromStripeAmount } from './stripe-amounts.ts'

/** What is so with an intent, with its refunds and disputes where they were asked for. */
export function reportOfIntent(
  intent: Stripe.PaymentIntent,
  at: Date,
  after: { refunds: readonly Stripe.Refund[]; disputes: readonly Stripe.Dispute[] } = {
    refunds: [],
    disputes: [],
  },
): Report {
  const transactionId = intent.metadata.transactionId ?? null
  return {
    reference: intent.id,
    transactionId,
    facts: [
      ...factsOfIntent(intent, at),
      ...after.refunds.flatMap((refund) => factsOfRefund(refund, at)),
      ...after.disputes.flatMap((dispute) => factsOfDispute(dispute, at)),
    ],
    disputes: after.disputes.map(toDispute),
  }
}

export function noticeOf(event: Stripe.Event): Notice {
  const { id, type } = event
  const at = new Date(event.created * 1000)
  const object = event.data.object as { object?: string }
  switch (object.object) {
    case 'payment_intent':
      return { id, type, report: reportOfIntent(object as Stripe.PaymentIntent, at) }
    case 'refund': {
      const refund = object as Stripe.Refund
      return { id, type, report: reportAbout(refund.payment_intent, factsOfRefund(refund, at), []) }
    }
    case 'dispute': {
      const dispute = object as Stripe.Dispute
      const facts = factsOfDispute(dispute, at)
      return { id, type, report: reportAbout(dispute.payment_intent, facts, [toDispute(dispute)]) }
    }
    default:
      return { id, type, report: null }
  }
}

/** Null for what belongs to a charge without an intent: those are not ours. */
function reportAbout(
  intent: string | { id: string } | null,
  facts: Fact[],
  disputes: Dispute[],
): Report | null {
  const reference = idOf(intent)
  return reference === null ? null : { reference, transactionId: null, facts, disputes }
}

export function factsOfIntent(intent: Stripe.PaymentIntent, at: Date): Fact[] {
  const currency = intent.currency.toUpperCase()
  const minor = (amount: number) => fromStripeAmount(currency, amount)
  const fact = {
    // One card given once: Stripe makes a payment method for each.
    pspReference: idOf(intent.payment_method) ?? intent.id,
    currency,
    amountMinor: minor(intent.amount),
    code: null,
    message: null,
    at,
  }
  switch (intent.status) {
    case 'succeeded': {
      const { amount, amount_received: received, capture_method } = intent
      const pspReference = idOf(intent.latest_charge) ?? intent.id
      const charge: Fact = { ...fact, type: 'CHARGE_SUCCESS', pspReference, amountMinor: minor(received) }
      const isReleased = capture_method === 'manual' && received < amount
      return isReleased
        ? [
            charge,
            {
              ...fact,
              type: 'CANCEL_SUCCESS',
              pspReference: intent.id,
              amountMinor: minor(amount - received),
            },
          ]
        : [charge]
    }
    case 'canceled':
      return [{ ...fact, type: 'CANCEL_SUCCESS', pspReference: intent.id }]
    case 'processing':
      return [{ ...fact, type: 'CHARGE_REQUEST' }]
    // Also a bank transfer that has come in part: `payment_intent.partially_funded`.
    case 'requires_action':
      return [{ ...fact, type: 'CHARGE_ACTION_REQUIRED' }]
    case 'requires_capture':
      return [{ ...fact, type: 'AUTHORIZATION_SUCCESS', amountMinor: minor(intent.amount_capturable) }]
    case 'requires_payment_method': {
      const failure = intent.last_payment_error
      if (!failure?.code) return []
      return [
        {
          ...fact,
          type: 'CHARGE_FAILURE',
          pspReference: failure.payment_method?.id ?? failure.charge ?? intent.id,
          code: failure.decline_code ?? failure.code,
          message: failure.message ?? 'The card was declined.',
        },
      ]
    }
    // `requires_confirmation`, and what Stripe may invent: nothing has happened to money.
    default:
      return []
  }
}

/** Nothing while the refund is under way. */
export function factsOfRefund(refund: Stripe.Refund, at: Date): Fact[] {
  const currency = refund.currency.toUpperCase()
  const amountMinor = fromStripeAmount(currency, refund.amount)
  const fact = { pspReference: refund.id, currency, amountMinor, at }
  switch (refund.status) {
    case 'succeeded':
      return [{ ...fact, type: 'REFUND_SUCCESS', code: null, message: null }]
    case 'failed':
    case 'canceled': {
      const code = refund.failure_reason ?? 'refund_failed'
      return [
        { ...fact, type: 'REFUND_FAILURE', code, message: `The money could not be given back: ${code}.` },
      ]
    }
    default:
      return []
  }
}

function factsOfDispute(dispute: Stripe.Dispute, at: Date): Fact[] {
  const { reference, status, currency, amountMinor, reason } = toDispute(dispute)
  if (status !== 'LOST') return []
  const message = `The bank took the money back: ${reason}.`
  return [{ type: 'CHARGE_BACK', pspReference: reference, currency, amountMinor, code: reason, message, at }]
}

function toDispute(dispute: Stripe.Dispute): Dispute {
  const currency = dispute.currency.toUpperCase()
  const dueBy = dispute.evidence_details.due_by
  return {
    reference: dispute.id,
    status: disputeStatusOf(dispute.status),
    currency,
    amountMinor: fromStripeAmount(currency, dispute.amount),
    reason: dispute.reason,
    respondBy: dueBy === null ? null : new Date(dueBy * 1000),
    at: new Date(dispute.created * 1000),
  }
}

function disputeStatusOf(status: string): Dispute['status'] {
  switch (status) {
    case 'lost':
      return 'LOST'
    // An inquiry that never became a dispute, or that Stripe averted, costs nothing.
    case 'won':
    case 'warning_closed':
    case 'prevented':
      return 'WON'
    default:
      return 'OPEN'
  }
}

function idOf(value: string | { id: string } | null): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null)
}
