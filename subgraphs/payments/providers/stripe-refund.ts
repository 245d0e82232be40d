import type Stripe from 'stripe'
import { isKeyForgotten } from './key-life.ts'
import { type NewRefund, ProviderRefused } from './payment-provider.ts'
import { toStripeAmount } from './stripe-amounts.ts'
import { ask, isSavedFault } from './stripe-client.ts'
import { factsOfRefund } from './stripe-facts.ts'

/** Gives money back once for a key, also where Stripe has forgotten the key or answers with an old fault. */
export async function refundIntent(stripe: Stripe, wanted: NewRefund, now: Date) {
  const forgotten = isKeyForgotten(wanted.begunAt, now) ? await findRefund(stripe, wanted) : null
  const refund = forgotten ?? (await create(stripe, wanted))
  return { refundReference: refund.id, facts: factsOfRefund(refund, now) }
}

async function create(stripe: Stripe, wanted: NewRefund): Promise<Stripe.Refund> {
  const { reference, currency, amountMinor, idempotencyKey } = wanted
  try {
    const made = await ask(() =>
      stripe.refunds.create(
        {
          payment_intent: reference,
          amount: toStripeAmount(currency, amountMinor),
          metadata: { refundKey: idempotencyKey },
        },
        { idempotencyKey },
      ),
    )
    // A repeated answer tells how the refund was then.
    const isReplayed = made.lastResponse.headers['idempotent-replayed'] === 'true'
    return isReplayed ? await ask(() => stripe.refunds.retrieve(made.id)) : made
  } catch (error) {
    const isDone = error instanceof ProviderRefused && error.code === 'charge_already_refunded'
    if (!isDone && !isSavedFault(error)) throw error
    const made = await findRefund(stripe, wanted)
    if (!made) throw error
    return made
  }
}

async function findRefund(stripe: Stripe, wanted: NewRefund): Promise<Stripe.Refund | null> {
  const listed = await ask(() => stripe.refunds.list({ payment_intent: wanted.reference, limit: 100 }))
  return listed.data.find(({ metadata }) => metadata?.refundKey === wanted.idempotencyKey) ?? null
}
