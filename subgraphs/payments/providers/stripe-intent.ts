import type Stripe from 'stripe'
import { isKeyForgotten } from './key-life.ts'
import { type NewIntent, ProviderRefused, ProviderUnavailable } from './payment-provider.ts'
import { toStripeAmount } from './stripe-amounts.ts'
import { ask, isSavedFault } from './stripe-client.ts'

/** Makes the intent of an attempt, or finds the one that was made. */
export async function createIntent(stripe: Stripe, intent: NewIntent, now: Date) {
  if (isKeyForgotten(intent.begunAt, now)) {
    const made = await findIntent(stripe, intent)
    // Nobody was given its secret, so that no money can have moved: the attempt is over.
    if (!made) throw new ProviderRefused('attempt_too_old', 'This attempt was never begun at the provider.')
    return toHandle(made)
  }
  try {
    const { idempotencyKey, orderId, orderNumber, transactionId } = intent
    const wanted: Stripe.PaymentIntentCreateParams = {
      amount: toStripeAmount(intent.currency, intent.amountMinor),
      currency: intent.currency.toLowerCase(),
      capture_method: intent.captureMethod,
      automatic_payment_methods: { enabled: true },
      metadata: { transactionId, orderId, orderNumber },
    }
    return toHandle(await ask(() => stripe.paymentIntents.create(wanted, { idempotencyKey })))
  } catch (error) {
    if (!isSavedFault(error) && !isKeyOfAnother(error)) throw error
    // A fault that Stripe repeats, or a key that was used before the house was told to capture otherwise.
    // The intent may have been made: look for it. Another key could make a second one.
    const made = await findIntent(stripe, intent)
    if (!made) throw error
    return toHandle(made)
  }
}

function isKeyOfAnother(error: unknown): boolean {
  return error instanceof ProviderRefused && error.code === 'idempotency_error'
}

const pageSize = 100
const mostPages = 10

/** The intent of this attempt: by Stripe's index, which lags by a minute or more, else among those made with it. */
async function findIntent(stripe: Stripe, intent: NewIntent): Promise<Stripe.PaymentIntent | null> {
  const { transactionId } = intent
  const query = `metadata["transactionId"]:"${transactionId}"`
  const indexed = await ask(() => stripe.paymentIntents.search({ query, limit: 1 }))
  const found = indexed.data.find(({ metadata }) => metadata.transactionId === transactionId)
  if (found) return found
  // A minute for clocks that differ.
  const gte = Math.floor(intent.begunAt.getTime() / 1000) - 60
  const created = { gte, lte: gte + 600 }
  let after: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const listed = await ask(() =>
      stripe.paymentIntents.list({
        created,
        limit: pageSize,
        ...(after !== undefined && { starting_after: after }),
      }),
    )
    const made = listed.data.find(({ metadata }) => metadata.transactionId === transactionId)
    if (made) return made
    after = listed.data.at(-1)?.id
    if (!listed.has_more) break
  }
  return null
}

function toHandle(intent: Stripe.PaymentIntent) {
  if (intent.client_secret === null)
    throw new ProviderUnavailable(`Stripe gave no client secret for ${intent.id}`)
  return { reference: intent.id, clientSecret: intent.client_secret }
}
