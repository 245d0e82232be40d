import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paymentCharged } from '#contracts/payments.ts'
import { type StripeStandIn, startStripeStandIn } from '../providers/stripe-stand-in/start-stripe-stand-in.ts'
import { readPaymentsConfig } from '../config.ts'
import { type House, openHouse, pollAfterMs, ticketSecret } from './house.ts'
import { stripeData } from './stripe-examples.ts'

const secret = 'whsec_of_a_test_that_is_long_enough'
const env = (url: string) => ({
  STRIPE_SECRET_KEY: 'sk_test_of_nobody',
  STRIPE_WEBHOOK_SECRET: secret,
  STRIPE_PUBLISHABLE_KEY: 'pk_test_of_nobody',
  STRIPE_API_URL: url,
})

describe('with Stripe', () => {
  let stripe: StripeStandIn
  let house: House

  beforeAll(async () => {
    // Stripe has the house's time, which is known only once the house stands.
    let now = () => new Date()
    stripe = await startStripeStandIn({ ...stripeData, now: () => now() })
    house = await openHouse(env(stripe.url))
    now = () => house.clock.now()
  })
  afterAll(async () => {
    expect(await house.violations()).toEqual([])
    await house.close()
    await stripe.close()
  })

  const referenceOf = async (order: { orderId: string }) => {
    const [transaction] = await house.prisma.transaction.findMany({ where: { orderId: order.orderId } })
    return transaction?.pspReference ?? null
  }

  test('a payment starts with the publishable key and ends with a signed webhook', async () => {
    const order = await house.placeOrder()
    const { client } = await house.start(order)
    expect(client).toMatchObject({ provider: 'stripe', publishableKey: 'pk_test_of_nobody' })
    stripe.succeed(client!.reference)
    const { body, headers } = stripe.webhook(client!.reference, 'payment_intent.succeeded', [secret])
    const payload = body.toString()
    const send = async (sent: string) =>
      (await fetch(`${house.url}/webhooks/stripe`, { method: 'POST', headers, body: sent })).status
    expect(await send(payload.replace('succeeded', 'suCceeded'))).toBe(400)
    expect([await send(payload), await send(payload)]).toEqual([200, 200])
    await house.settle()
    expect((await house.transactionsOf(order))[0]).toMatchObject({
      status: 'CHARGED',
      chargedMinor: 129_500n,
    })
    expect(
      house.published(paymentCharged).filter(({ payload: told }) => told.orderId === order.orderId),
    ).toHaveLength(1)
  })

  test('anybody is told who takes the card, before there is an order', async () => {
    const { data } = await house.query('{ paymentProvider { name publishableKey } }')
    expect(data).toEqual({ paymentProvider: { name: 'stripe', publishableKey: 'pk_test_of_nobody' } })
  })

  test('the sandbox is not there', async () => {
    expect((await fetch(`${house.url}/webhooks/sandbox`, { method: 'POST', body: '{}' })).status).toBe(404)
  })

  test('an answer lost after the intent was made: the sweep finds the same intent', async () => {
    const order = await house.placeOrder()
    const before = stripe.created.length
    stripe.cause('answer-lost', 2)
    expect(await house.start(order)).toMatchObject({ kind: 'PaymentProviderUnavailableError' })
    expect(await referenceOf(order)).toBeNull()
    expect(stripe.created).toHaveLength(before + 1)
    house.clock.advance(pollAfterMs)
    await house.settle()
    expect(await referenceOf(order)).toBe(stripe.created.at(-1))
    expect((await house.start(order)).client?.reference).toBe(stripe.created.at(-1))
    expect(stripe.created).toHaveLength(before + 1)
  })

  test('a 500 that Stripe has saved: the intent is looked for, and no other is made', async () => {
    const order = await house.placeOrder()
    const before = stripe.created.length
    stripe.cause('saved-500')
    const started = await house.start(order)
    expect(started.client?.reference).toBe(stripe.created.at(-1))
    expect(stripe.created).toHaveLength(before + 1)
  })

  test('too many requests: nothing is made, and the next try pays', async () => {
    const order = await house.placeOrder()
    const before = stripe.created.length
    stripe.cause('rate-limited', 3)
    expect(await house.start(order)).toMatchObject({ kind: 'PaymentProviderUnavailableError' })
    expect(stripe.created).toHaveLength(before)
    stripe.cause('rate-limited', 0)
    expect(await house.start(order)).toMatchObject({ kind: 'StartPaymentSuccess' })
  })

  test('an order that ends while its intent is not known is called off when it is', async () => {
    const order = await house.placeOrder()
    stripe.cause('answer-lost', 2)
    await house.start(order)
    await house.expireOrder(order)
    await house.settle()
    expect((await house.transactionsOf(order))[0]).toMatchObject({
      status: 'CANCELED',
      pspReference: stripe.created.at(-1),
    })
  })

  test('what Stripe refuses to begin is a failed payment that support sees', async () => {
    const order = await house.placeOrder('10')
    expect(await house.start(order)).toMatchObject({ kind: 'PaymentProviderUnavailableError' })
    expect(await house.transactionsOf(order)).toMatchObject([
      { status: 'FAILED', failureCode: 'amount_too_small' },
    ])
  })
})

test('a secret of Stripe that is not given is named', () => {
  const { STRIPE_WEBHOOK_SECRET: _, ...given } = env('http://127.0.0.1:1')
  const base = {
    PORT: '4005',
    DATABASE_URL: 'postgresql://127.0.0.1/payments',
    GATEWAY_SECRET: ticketSecret,
    JWKS_URL: 'http://127.0.0.1/jwks.json',
    PAYMENT_TICKET_SECRET: ticketSecret,
  }
  expect(() => readPaymentsConfig({ ...base, ...given })).toThrow(/STRIPE_WEBHOOK_SECRET is missing/)
  expect(() => readPaymentsConfig({ ...base, ...env('http://127.0.0.1:1') })).not.toThrow()
})

test('with nobody at the provider’s address the goods stay held and the page is told to try again', async () => {
  const house = await openHouse(env('http://127.0.0.1:1'))
  const order = await house.placeOrder()
  expect(await house.start(order)).toMatchObject({ kind: 'PaymentProviderUnavailableError' })
  await house.settle()
  expect(house.published().filter(({ type }) => type.startsWith('payment.'))).toEqual([])
  await house.close()
})
