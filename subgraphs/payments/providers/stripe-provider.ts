import Stripe from 'stripe'
import type { Clock } from '#platform/time/clock.ts'
import {
  type NewIntent,
  type PaymentProvider,
  ProviderRefused,
  ProviderUnavailable,
  type Report,
  SignatureInvalid,
} from './payment-provider.ts'
import { factsOfRefund, noticeOf, reportOfIntent } from './stripe-facts.ts'

/** Stripe may forget an idempotency key after a day: later the same key could make a second intent. */
const keyLifeMs = 23 * 60 * 60_000

export interface StripeOptions {
  secretKey: string
  webhookSecret: string
  publishableKey: string
  /** Another host that speaks Stripe's API; Stripe itself unless told. */
  apiUrl?: string | undefined
  clock: Clock
}

export function createStripeProvider(options: StripeOptions): PaymentProvider {
  const { clock } = options
  const stripe = new Stripe(options.secretKey, {
    ...(options.apiUrl !== undefined && addressOf(options.apiUrl)),
    // A shopper waits: the sweep goes on where this gives up.
    timeout: 5_000,
    maxNetworkRetries: 1,
    telemetry: false,
  })
  const retrieve = async (reference: string): Promise<Report> =>
    reportOfIntent(await asked(stripe.paymentIntents.retrieve(reference)), clock.now())

  return {
    name: 'stripe',
    publishableKey: options.publishableKey,
    createIntent: (intent) => createIntent(stripe, intent, clock),
    retrieve,
    cancel: async (reference) => {
      try {
        return reportOfIntent(await asked(stripe.paymentIntents.cancel(reference)), clock.now())
      } catch (error) {
        // Charged already, being charged, or called off before: what it is then counts.
        if (error instanceof ProviderRefused && error.code === 'payment_intent_unexpected_state')
          return retrieve(reference)
        throw error
      }
    },
    refund: async ({ reference, amountMinor, idempotencyKey }) => {
      const wanted = { payment_intent: reference, amount: toNumber(amountMinor) }
      const refund = await asked(stripe.refunds.create(wanted, { idempotencyKey }))
      return { refundReference: refund.id, facts: factsOfRefund(refund, clock.now()) }
    },
    verify: (rawBody, headers) => {
      try {
        const signature = headers['stripe-signature'] ?? ''
        const now = clock.now().getTime()
        // Also checks the time, which `verifyHeader` alone does not.
        return noticeOf(
          stripe.webhooks.constructEvent(rawBody, signature, options.webhookSecret, 300, undefined, now),
        )
      } catch (error) {
        throw new SignatureInvalid(undefined, { cause: error })
      }
    },
    read: (payload) => noticeOf(payload as Stripe.Event),
  }
}

async function createIntent(stripe: Stripe, intent: NewIntent, clock: Clock) {
  const isKeyForgotten = clock.now().getTime() - intent.begunAt.getTime() > keyLifeMs
  if (isKeyForgotten) {
    const made = await findIntent(stripe, intent)
    if (!made) throw new ProviderRefused('attempt_too_old', 'This attempt was never begun at the provider.')
    return toHandle(made)
  }
  try {
    const { idempotencyKey, orderId, orderNumber, transactionId } = intent
    const made = await asked(
      stripe.paymentIntents.create(
        {
          amount: toNumber(intent.amountMinor),
          currency: intent.currency.toLowerCase(),
          automatic_payment_methods: { enabled: true },
          metadata: { transactionId, orderId, orderNumber },
        },
        { idempotencyKey },
      ),
    )
    return toHandle(made)
  } catch (error) {
    if (!(error instanceof ProviderUnavailable && error.cause instanceof Stripe.errors.StripeAPIError))
      throw error
    // Stripe saves its own 500 under the key and repeats it, though the intent may have been made: look for it. Another
    // key could make a second one.
    const made = await findIntent(stripe, intent)
    if (!made) throw error
    return toHandle(made)
  }
}

/** The intent that was made for this attempt, among those made since it was begun. */
async function findIntent(stripe: Stripe, intent: NewIntent): Promise<Stripe.PaymentIntent | null> {
  // A minute for clocks that differ.
  const gte = Math.floor(intent.begunAt.getTime() / 1000) - 60
  const lte = gte + 600
  try {
    for await (const made of stripe.paymentIntents.list({ created: { gte, lte }, limit: 100 })) {
      if (made.metadata.transactionId === intent.transactionId) return made
    }
    return null
  } catch (error) {
    throw translate(error)
  }
}

function toHandle(intent: Stripe.PaymentIntent) {
  if (intent.client_secret === null)
    throw new ProviderUnavailable(`Stripe gave no client secret for ${intent.id}`)
  return { reference: intent.id, clientSecret: intent.client_secret }
}

async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw translate(error)
  }
}

/** A definite no is Stripe's invalid request; all else (no answer, its fault, our key, our rate) may pass. */
function translate(error: unknown): unknown {
  if (
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeCardError
  ) {
    return new ProviderRefused(error.code ?? 'invalid_request', error.message, { cause: error })
  }
  if (error instanceof Stripe.errors.StripeError) {
    return new ProviderUnavailable(`Stripe: ${error.type} ${error.message}`, { cause: error })
  }
  return error
}

function toNumber(amountMinor: bigint): number {
  const amount = Number(amountMinor)
  if (!Number.isSafeInteger(amount))
    throw new ProviderRefused('amount_too_large', 'This is more than a card can pay.')
  return amount
}

function addressOf(apiUrl: string) {
  const { protocol, hostname, port } = new URL(apiUrl)
  return {
    protocol: protocol === 'http:' ? ('http' as const) : ('https' as const),
    host: hostname,
    ...(port !== '' && { port }),
  }
}
