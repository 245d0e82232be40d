import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { fixedClock } from '#platform/time/clock.ts'
import { type NewIntent, ProviderRefused, ProviderUnavailable } from '../providers/payment-provider.ts'
import { createStripeClient, stripeVersion } from '../providers/stripe-client.ts'
import { createStripeProvider } from '../providers/stripe-provider.ts'
import { startStripeStandIn, type StripeStandIn } from '../providers/stripe-stand-in/start-stripe-stand-in.ts'
import { stripeData, stripeOpenApi } from './stripe-examples.ts'

// What can go wrong between the house and Stripe, and that Stripe's stand-in is no easier to please than Stripe.

const clock = fixedClock(new Date())
const day = 25 * 60 * 60_000
let stripe: StripeStandIn
let provider: ReturnType<typeof createStripeProvider>

beforeAll(async () => {
  stripe = await startStripeStandIn({ ...stripeData, now: () => clock.now() })
  provider = createStripeProvider({
    stripe: createStripeClient({ secretKey: 'sk_test_of_nobody', apiUrl: stripe.url }),
    webhookSecrets: [],
    publishableKey: 'pk_test_of_nobody',
    clock,
  })
})
afterAll(async () => {
  await stripe.close()
})

const newIntent = (change: Partial<NewIntent> = {}): NewIntent => ({
  transactionId: randomUUID(),
  orderId: randomUUID(),
  orderNumber: 'FR-1',
  currency: 'EUR',
  amountMinor: 129_500n,
  captureMethod: 'automatic',
  returnPath: '/en/FR/checkout',
  idempotencyKey: randomUUID(),
  begunAt: clock.now(),
  ...change,
})

async function charged(captureMethod: 'automatic' | 'manual' = 'automatic') {
  const { reference } = await provider.createIntent(newIntent({ captureMethod }))
  stripe.succeed(reference)
  const amount = { reference, amountMinor: 29_500n, currency: 'EUR', idempotencyKey: randomUUID() }
  return { reference, capture: amount, refund: { ...amount, begunAt: clock.now() } }
}

const made = () => stripe.created.length
const refundsOf = (reference: string) =>
  [...stripe.books.refunds.values()].filter(({ intent }) => intent === reference)

describe('making an intent', () => {
  test('a fault that is saved though nothing was made stays unavailable under the key, and makes nothing', async () => {
    const intent = newIntent()
    const before = made()
    stripe.cause('idle-500')
    await expect(provider.createIntent(intent)).rejects.toThrow(ProviderUnavailable)
    await expect(provider.createIntent(intent)).rejects.toThrow(ProviderUnavailable)
    expect(made()).toBe(before)
  })

  test('after the key was forgotten the intent is found by the index, or the attempt is over', async () => {
    const intent = newIntent()
    const { reference } = await provider.createIntent(intent)
    const never = newIntent()
    stripe.forgetKeys()
    stripe.index()
    clock.advance(day)
    const before = made()
    expect((await provider.createIntent(intent)).reference).toBe(reference)
    await expect(provider.createIntent(never)).rejects.toThrow(/never begun/)
    expect(made()).toBe(before)
  })

  test('a key that was used before the house was told to capture otherwise leads to its intent', async () => {
    const intent = newIntent()
    const { reference } = await provider.createIntent(intent)
    expect((await provider.createIntent({ ...intent, captureMethod: 'manual' })).reference).toBe(reference)
  })

  test('while the same key is busy nothing is made a second time', async () => {
    const intent = newIntent()
    const before = made()
    const seen = stripe.seen.length
    const release = stripe.hold()
    const both = Promise.all([provider.createIntent(intent), provider.createIntent(intent)])
    // Both are there: one is worked on, the other is told that the key is busy, and comes again.
    await vi.waitFor(() => {
      expect(stripe.seen.length).toBeGreaterThanOrEqual(seen + 2)
    })
    release()
    const [first, second] = await both
    expect(first.reference).toBe(second.reference)
    expect(made()).toBe(before + 1)
  })
})

describe('giving back', () => {
  test.each(['answer-lost', 'saved-500'] as const)(
    '%s: the refund is found, and none is made twice',
    async (kind) => {
      const { reference, refund } = await charged()
      stripe.cause(kind)
      const { refundReference, facts } = await provider.refund(refund)
      expect(refundsOf(reference).map(({ id }) => id)).toEqual([refundReference])
      expect(facts).toMatchObject([{ type: 'REFUND_SUCCESS', amountMinor: 29_500n }])
    },
  )

  test('a connection that breaks before anything is done gives back with the next call', async () => {
    const { reference, refund } = await charged()
    stripe.cause('fails-before', 2)
    await expect(provider.refund(refund)).rejects.toThrow(ProviderUnavailable)
    expect(refundsOf(reference)).toEqual([])
    await provider.refund(refund)
    expect(refundsOf(reference)).toHaveLength(1)
  })

  test('all given back under our key before is no error, under another one it is', async () => {
    const { refund } = await charged()
    const whole = { ...refund, amountMinor: 129_500n }
    const { refundReference } = await provider.refund(whole)
    stripe.forgetKeys()
    expect((await provider.refund(whole)).refundReference).toBe(refundReference)
    await expect(provider.refund({ ...whole, idempotencyKey: randomUUID() })).rejects.toThrow(ProviderRefused)
  })
})

describe('taking what is held', () => {
  test.each(['answer-lost', 'saved-500'] as const)('%s: what was taken is told, once', async (kind) => {
    const { reference, capture } = await charged('manual')
    stripe.cause(kind)
    await provider.capture(capture).catch((error: unknown) => {
      expect(error).toBeInstanceOf(ProviderUnavailable)
    })
    const { facts } = await provider.retrieve(reference)
    expect(facts[0]).toMatchObject({ type: 'CHARGE_SUCCESS', amountMinor: 29_500n })
    expect((await provider.capture({ ...capture, idempotencyKey: randomUUID() })).facts).toMatchObject(
      facts.map(({ type, amountMinor }) => ({ type, amountMinor })),
    )
  })
})

test('Stripe’s balance is what was taken, less what went back and what is disputed', async () => {
  const before = stripe.balance('eur')
  const { reference, refund } = await charged()
  await provider.refund(refund)
  const held = await charged('manual')
  await provider.capture(held.capture)
  expect(stripe.balance('eur') - before).toBe(129_500)
  const dispute = stripe.dispute(held.reference)
  expect(stripe.balance('eur') - before).toBe(100_000)
  stripe.decide(dispute, 'won')
  expect(stripe.balance('eur') - before).toBe(129_500)
  const [given] = refundsOf(reference)
  stripe.settleRefund(given?.id ?? '', 'failed')
  expect(stripe.balance('eur') - before).toBe(159_000)
})

describe('the stand-in refuses', () => {
  const client = () => createStripeClient({ secretKey: 'sk_test_of_nobody', apiUrl: stripe.url })
  const idempotencyKey = () => ({ idempotencyKey: randomUUID() })

  test.each<[string, object, string]>([
    ['a parameter that Stripe no longer has', { payment_method_types: ['card'] }, 'parameter_unknown'],
    ['a parameter of nobody', { colour: 'red' }, 'parameter_unknown'],
    ['half a cent', { amount: 0.5 }, 'parameter_invalid_integer'],
    ['another word than it knows', { capture_method: 'later' }, 'parameter_invalid_string'],
    ['no amount', { amount: undefined }, 'parameter_missing'],
  ])('%s', async (_, change, code) => {
    const params = { amount: 1_000, currency: 'eur', ...change } as Stripe.PaymentIntentCreateParams
    await expect(client().paymentIntents.create(params, idempotencyKey())).rejects.toMatchObject({ code })
  })

  test('another version than the house is written for', async () => {
    const other = new Stripe('sk_test_of_nobody', {
      apiVersion: '2023-08-16' as typeof stripeVersion,
      protocol: 'http',
      host: '127.0.0.1',
      port: new URL(stripe.url).port,
    })
    await expect(other.balance.retrieve()).rejects.toThrow(stripeVersion)
  })

  test('a key for other parameters', async () => {
    const options = idempotencyKey()
    await client().paymentIntents.create({ amount: 1_000, currency: 'eur' }, options)
    await expect(
      client().paymentIntents.create({ amount: 2_000, currency: 'eur' }, options),
    ).rejects.toMatchObject({ rawType: 'idempotency_error' })
  })
})

describe.runIf(stripeOpenApi)('with Stripe’s published parameters (skipped where they are absent)', () => {
  test('each endpoint the house asks is among them, but for disputes', () => {
    const asked = new Set(stripe.seen.map(({ endpoint }) => endpoint))
    const unpublished = [...asked].filter((endpoint) => !(endpoint in (stripeOpenApi ?? {})))
    expect(asked.size).toBeGreaterThan(6)
    expect(unpublished.filter((endpoint) => endpoint !== 'GET /v1/disputes')).toEqual([])
  })
})
