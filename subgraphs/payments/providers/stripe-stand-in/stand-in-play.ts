// What happens at Stripe of itself, or by the shopper and the bank: the test plays it. Each change is told by an event.
import {
  type Books,
  type Charge,
  type Dispute,
  type Intent,
  newId,
  type Refund,
  seconds,
} from './stand-in-books.ts'
import type { Show } from './stand-in-objects.ts'

export type Play = ReturnType<typeof createPlay>

export function createPlay(books: Books, show: Show) {
  const tell = (type: string, object: object) => {
    // As it is now: later changes do not show in an event.
    books.events.push({ id: newId('evt'), type, created: seconds(books), object: structuredClone(object) })
  }
  const tellIntent = (intent: Intent, type: string) => tell(type, show.intent(books, intent))
  const tellRefund = (refund: Refund, type: string) => tell(type, show.refund(refund))
  const tellDispute = (dispute: Dispute, type: string) => tell(type, show.dispute(dispute))
  const get = (reference: string): Intent => {
    const intent = books.intents.get(reference)
    if (!intent) throw new Error(`No intent ${reference}`)
    return intent
  }
  const newCard = () => ({ paymentMethod: newId('pm'), failure: null })

  function capture(intent: Intent, charge: Charge, amount: number): void {
    charge.captured = amount
    intent.status = 'succeeded'
    tellIntent(intent, 'payment_intent.succeeded')
  }

  return {
    tellIntent,
    tellRefund,
    capture,
    /** The shopper's card is good: charged with the amount that was asked for unless told, or held. */
    succeed: (reference: string, amountReceived?: number): void => {
      const intent = get(reference)
      const { amount, currency, captureMethod } = intent
      intent.card ??= newCard()
      if (intent.card.failure) intent.card = newCard()
      const charge: Charge = {
        id: newId('ch'),
        intent: reference,
        currency,
        amount,
        captured: null,
        created: seconds(books),
      }
      intent.charge = charge
      if (captureMethod === 'manual') {
        intent.status = 'requires_capture'
        tellIntent(intent, 'payment_intent.amount_capturable_updated')
      } else capture(intent, charge, amountReceived ?? amount)
    },
    decline: (reference: string, code: string, declineCode: string | null): void => {
      const intent = get(reference)
      intent.card = { paymentMethod: newId('pm'), failure: { code, declineCode } }
      intent.status = 'requires_payment_method'
      tellIntent(intent, 'payment_intent.payment_failed')
    },
    move: (reference: string, status: 'requires_action' | 'processing'): void => {
      const intent = get(reference)
      intent.card = newCard()
      intent.status = status
      tellIntent(intent, `payment_intent.${status}`)
    },
    cancel: (intent: Intent, reason: string | null): void => {
      intent.status = 'canceled'
      intent.cancellationReason = reason
      tellIntent(intent, 'payment_intent.canceled')
    },
    /** The bank holds the money no longer: after a week at Stripe. */
    lapse: (reference: string): void => {
      const intent = get(reference)
      intent.status = 'canceled'
      intent.cancellationReason = 'expired'
      tellIntent(intent, 'payment_intent.canceled')
    },
    /** What becomes of a refund after it was answered. */
    settleRefund: (reference: string, status: 'succeeded' | 'failed'): void => {
      const refund = books.refunds.get(reference)
      if (!refund) throw new Error(`No refund ${reference}`)
      refund.status = status
      tellRefund(refund, status === 'failed' ? 'refund.failed' : 'refund.updated')
    },
    /** The shopper tells the bank that the charge was not theirs: Stripe takes the money at once. */
    dispute: (reference: string): string => {
      const { charge } = get(reference)
      if (!charge?.captured) throw new Error(`Nothing of ${reference} was taken`)
      const dispute: Dispute = {
        id: newId('dp'),
        intent: reference,
        charge: charge.id,
        amount: charge.captured,
        currency: charge.currency,
        status: 'needs_response',
        created: seconds(books),
      }
      books.disputes.set(dispute.id, dispute)
      tellDispute(dispute, 'charge.dispute.created')
      tellDispute(dispute, 'charge.dispute.funds_withdrawn')
      return dispute.id
    },
    decide: (reference: string, status: 'won' | 'lost'): void => {
      const dispute = books.disputes.get(reference)
      if (!dispute) throw new Error(`No dispute ${reference}`)
      dispute.status = status
      tellDispute(dispute, 'charge.dispute.closed')
      if (status === 'won') tellDispute(dispute, 'charge.dispute.funds_reinstated')
    },
    /** Stripe's index catches up. */
    index: (): void => {
      for (const intent of books.intents.values()) intent.isIndexed = true
    },
  }
}
