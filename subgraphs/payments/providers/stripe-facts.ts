// What Stripe's objects mean for our ledger. Amounts: Stripe's minor units are ISO 4217's for the currencies we sell in.
import type Stripe from 'stripe'
import type { Fact, Notice, Report } from './payment-provider.ts'

export function reportOfIntent(intent: Stripe.PaymentIntent, at: Date): Report {
  return {
    reference: intent.id,
    transactionId: intent.metadata.transactionId ?? null,
    facts: factsOfIntent(intent, at),
  }
}

export function noticeOf(event: Stripe.Event): Notice {
  const { id, type } = event
  const at = new Date(event.created * 1000)
  const object = event.data.object as { object?: string }
  if (object.object === 'payment_intent') {
    return { id, type, report: reportOfIntent(object as Stripe.PaymentIntent, at) }
  }
  if (object.object === 'refund') {
    const refund = object as Stripe.Refund
    const reference = idOf(refund.payment_intent)
    if (reference !== null) {
      return { id, type, report: { reference, transactionId: null, facts: factsOfRefund(refund, at) } }
    }
  }
  return { id, type, report: null }
}

export function factsOfIntent(intent: Stripe.PaymentIntent, at: Date): Fact[] {
  const failure = intent.last_payment_error
  const fact = {
    // One card given once: Stripe makes a payment method for each.
    pspReference: idOf(intent.payment_method) ?? intent.id,
    currency: intent.currency.toUpperCase(),
    amountMinor: BigInt(intent.amount),
    code: null,
    message: null,
    at,
  }
  switch (intent.status) {
    case 'succeeded': {
      const pspReference = idOf(intent.latest_charge) ?? intent.id
      return [{ ...fact, type: 'CHARGE_SUCCESS', pspReference, amountMinor: BigInt(intent.amount_received) }]
    }
    case 'canceled':
      return [{ ...fact, type: 'CANCEL_SUCCESS', pspReference: intent.id }]
    case 'processing':
      return [{ ...fact, type: 'CHARGE_REQUEST' }]
    case 'requires_action':
      return [{ ...fact, type: 'CHARGE_ACTION_REQUIRED' }]
    case 'requires_capture':
      return [{ ...fact, type: 'AUTHORIZATION_SUCCESS' }]
    case 'requires_payment_method':
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
    default:
      return []
  }
}

/** Nothing while the refund is under way. */
export function factsOfRefund(refund: Stripe.Refund, at: Date): Fact[] {
  const fact = {
    pspReference: refund.id,
    currency: refund.currency.toUpperCase(),
    amountMinor: BigInt(refund.amount),
    at,
  }
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

function idOf(value: string | { id: string } | null): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null)
}
