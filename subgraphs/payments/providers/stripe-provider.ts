import type Stripe from 'stripe'
import type { Clock } from '#platform/time/clock.ts'
import {
  type EventPage,
  type NewCapture,
  type PaymentProvider,
  ProviderRefused,
  type Report,
  SignatureInvalid,
} from './payment-provider.ts'
import { toStripeAmount } from './stripe-amounts.ts'
import { ask } from './stripe-client.ts'
import { noticeOf, reportOfIntent } from './stripe-facts.ts'
import { createIntent } from './stripe-intent.ts'
import { refundIntent } from './stripe-refund.ts'

/** How old a webhook may be when it comes; Stripe signs a repeated one anew. */
const toleranceSeconds = 300

export interface StripeOptions {
  stripe: Stripe
  /** While a secret is being changed there are two. */
  webhookSecrets: readonly string[]
  publishableKey: string
  clock: Clock
}

export function createStripeProvider({
  stripe,
  webhookSecrets,
  publishableKey,
  clock,
}: StripeOptions): PaymentProvider {
  const retrieve = (reference: string) => retrieveIntent(stripe, reference, clock.now())

  /** Done already, or not possible (any more): what is so then counts. */
  async function orRetrieve(reference: string, call: () => Promise<Stripe.PaymentIntent>): Promise<Report> {
    try {
      return reportOfIntent(await ask(call), clock.now())
    } catch (error) {
      if (error instanceof ProviderRefused && isAboutState(error)) return retrieve(reference)
      throw error
    }
  }

  return {
    name: 'stripe',
    publishableKey,
    createIntent: (intent) => createIntent(stripe, intent, clock.now()),
    retrieve,
    cancel: (reference) => orRetrieve(reference, () => stripe.paymentIntents.cancel(reference)),
    capture: ({ reference, amountMinor, currency, idempotencyKey }: NewCapture) => {
      const wanted = { amount_to_capture: toStripeAmount(currency, amountMinor) }
      return orRetrieve(reference, () => stripe.paymentIntents.capture(reference, wanted, { idempotencyKey }))
    },
    refund: (refund) => refundIntent(stripe, refund, clock.now()),
    listEvents: (page) => listEvents(stripe, page),
    verify: (rawBody, headers) => {
      const signature = headers['stripe-signature'] ?? ''
      const now = clock.now().getTime()
      let cause: unknown
      for (const secret of webhookSecrets) {
        try {
          // Also checks the time, which `verifyHeader` alone does not.
          const { id, type } = stripe.webhooks.constructEvent(
            rawBody,
            signature,
            secret,
            toleranceSeconds,
            undefined,
            now,
          )
          return { id, type }
        } catch (error) {
          cause = error
        }
      }
      throw new SignatureInvalid(undefined, { cause })
    },
    read: (payload) => noticeOf(payload as Stripe.Event),
  }
}

const codesAboutState = [
  'payment_intent_unexpected_state',
  'charge_already_captured',
  'charge_expired_for_capture',
]

function isAboutState({ code }: ProviderRefused): boolean {
  return codesAboutState.includes(code)
}

/** With what came after the charge, where something did: one call, and another one for each that is long or rare. */
async function retrieveIntent(stripe: Stripe, reference: string, at: Date): Promise<Report> {
  const intent = await ask(() =>
    stripe.paymentIntents.retrieve(reference, { expand: ['latest_charge.refunds'] }),
  )
  const charge = typeof intent.latest_charge === 'string' ? null : intent.latest_charge
  const refunds = charge?.refunds?.has_more
    ? await ask(() => stripe.refunds.list({ payment_intent: reference, limit: 100 }))
    : charge?.refunds
  const disputes = charge?.disputed
    ? await ask(() => stripe.disputes.list({ payment_intent: reference, limit: 100 }))
    : null
  return reportOfIntent(intent, at, { refunds: refunds?.data ?? [], disputes: disputes?.data ?? [] })
}

/** What a webhook of ours may be about; Stripe takes at most twenty. */
const heard = [
  'payment_intent.amount_capturable_updated',
  'payment_intent.canceled',
  'payment_intent.partially_funded',
  'payment_intent.payment_failed',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.succeeded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
]

async function listEvents(stripe: Stripe, { since, until, after }: EventPage) {
  const page = await ask(() =>
    stripe.events.list({
      created: { gte: toSeconds(since), lt: toSeconds(until) },
      types: heard,
      limit: 100,
      ...(after !== null && { starting_after: after }),
    }),
  )
  return {
    events: page.data.map((event) => ({ id: event.id, type: event.type, payload: event })),
    next: page.has_more ? (page.data.at(-1)?.id ?? null) : null,
  }
}

function toSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000)
}
