import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '#platform/time/clock.ts'
import { readPaymentsConfig } from '../config.ts'
import { manualPulse } from '../providers/manual-pulse.ts'
import { openStripe } from '../providers/open-stripe.ts'
import { type NewIntent, ProviderUnavailable } from '../providers/payment-provider.ts'
import { startStripeStandIn, type StripeStandIn } from '../providers/stripe-stand-in/start-stripe-stand-in.ts'
import { ticketSecret } from './house.ts'
import { stripeData } from './stripe-examples.ts'

let stripe: StripeStandIn

beforeAll(async () => {
  stripe = await startStripeStandIn(stripeData)
})
afterAll(async () => {
  await stripe.close()
})

function open() {
  const pulse = manualPulse()
  const config = readPaymentsConfig({
    PORT: '4005',
    DATABASE_URL: 'postgresql://127.0.0.1/payments',
    GATEWAY_SECRET: ticketSecret,
    JWKS_URL: 'http://127.0.0.1/jwks.json',
    PAYMENT_TICKET_SECRET: ticketSecret,
    STRIPE_SECRET_KEY: 'sk_test_of_nobody',
    STRIPE_WEBHOOK_SECRET: 'whsec_of_a_test',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_of_nobody',
    STRIPE_API_URL: stripe.url,
    STRIPE_REQUESTS_PER_SECOND: '8',
    STRIPE_REQUESTS_PER_ENDPOINT: '5',
  })
  return { pulse, ...openStripe(config, systemClock, pulse) }
}

const newIntent = (): NewIntent => ({
  transactionId: randomUUID(),
  orderId: randomUUID(),
  orderNumber: 'FR-1',
  currency: 'EUR',
  amountMinor: 129_500n,
  captureMethod: 'automatic',
  returnPath: '/en/FR/checkout',
  idempotencyKey: randomUUID(),
  begunAt: new Date(),
})

/** Stripe has seen what went out before this. */
const reached = () => fetch(`${stripe.url}/v1/nothing`)

const seen = (endpoint?: string) =>
  stripe.seen.filter((request) =>
    endpoint === undefined
      ? request.key !== null || request.endpoint.includes('{')
      : request.endpoint === endpoint,
  ).length

test('Stripe never sees more in a second than the endpoint and the account allow', async () => {
  const { pulse, shopper, background } = open()
  const { reference } = await shopper.createIntent(newIntent())
  await pulse.pass(1_000)
  const before = { making: seen('POST /v1/payment_intents'), all: seen() }
  const made = Array.from({ length: 10 }, () => shopper.createIntent(newIntent()))
  const looked = Array.from({ length: 6 }, () => background.retrieve(reference))
  await Promise.all([...made.slice(0, 5), ...looked.slice(0, 3)])
  await reached()
  expect(seen('POST /v1/payment_intents') - before.making).toBe(5)
  expect(seen() - before.all).toBe(8)
  await pulse.pass(999)
  await reached()
  expect(seen() - before.all).toBe(8)
  await pulse.pass(1)
  await Promise.all([...made, ...looked])
  expect(seen('POST /v1/payment_intents') - before.making).toBe(10)
  expect(seen() - before.all).toBe(16)
})

test('what Stripe turns away goes out again when it has said, and nothing before', async () => {
  const { pulse, shopper } = open()
  stripe.cause('rate-limited', 1, 2)
  const before = seen()
  const first = shopper.createIntent(newIntent())
  await pulse.asked()
  expect(seen() - before).toBe(1)
  const second = shopper.createIntent(newIntent())
  await pulse.pass(1_999)
  await reached()
  expect(seen() - before).toBe(1)
  await pulse.pass(1)
  await Promise.all([first, second])
  expect(seen() - before).toBe(3)
})

test('who has no turn in time is told that the provider is unavailable, and Stripe hears nothing', async () => {
  const { pulse, shopper } = open()
  const { length } = await Promise.all(Array.from({ length: 5 }, () => shopper.createIntent(newIntent())))
  stripe.cause('rate-limited', 1, 30)
  await pulse.pass(1_000)
  const before = seen()
  const refused = expect(shopper.createIntent(newIntent())).rejects.toThrow(ProviderUnavailable)
  await pulse.asked()
  await pulse.pass(4_000)
  await refused
  expect([length, seen() - before]).toEqual([5, 1])
})
