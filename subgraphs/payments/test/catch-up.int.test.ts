import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentCharged } from '#contracts/payments.ts'
import { startStripeStandIn, type StripeStandIn } from '../providers/stripe-stand-in/start-stripe-stand-in.ts'
import { type House, openHouse, type Order } from './house.ts'
import { stripeData } from './stripe-examples.ts'

const secrets = ['whsec_that_was_before_this_one', 'whsec_of_a_test_that_is_long_enough']
let stripe: StripeStandIn
let house: House

beforeAll(async () => {
  // Stripe has the house's time, which is known only once the house stands.
  let now = () => new Date()
  stripe = await startStripeStandIn({ ...stripeData, now: () => now() })
  house = await openHouse({
    STRIPE_SECRET_KEY: 'sk_test_of_nobody',
    STRIPE_WEBHOOK_SECRET: secrets.join(', '),
    STRIPE_PUBLISHABLE_KEY: 'pk_test_of_nobody',
    STRIPE_API_URL: stripe.url,
    // Only what is tried here tells the house anything.
    PAYMENT_POLL_AFTER_MS: '3600000',
  })
  now = () => house.clock.now()
})
afterAll(async () => {
  await house.close()
  await stripe.close()
})

const route = () => `${house.url}/webhooks/stripe`

async function started(): Promise<{ order: Order; reference: string }> {
  const order = await house.placeOrder()
  const { client } = await house.start(order)
  return { order, reference: client?.reference ?? '' }
}

const standing = async (order: Order) =>
  (await house.transactionsOf(order)).map(({ status, chargedMinor }) => [status, chargedMinor])

/** Later than what the list is given to become whole. */
async function catchUp(): Promise<void> {
  house.clock.advance(2 * 60_000)
  await house.runJob('catch-up')
  await house.settle()
}

test('webhooks that were lost are found in the list, once, and those that came change nothing', async () => {
  const lost = await started()
  const heard = await started()
  stripe.succeed(lost.reference)
  stripe.succeed(heard.reference)
  await stripe.post(route(), secrets[1] ?? '', {
    isLost: ({ object }) => 'id' in object && object.id === lost.reference,
  })
  await house.settle()
  expect(await standing(lost.order)).toEqual([['PENDING', 0n]])
  const before = await house.prisma.providerEvent.count()
  await catchUp()
  expect(await standing(lost.order)).toEqual([['CHARGED', 129_500n]])
  expect(await house.prisma.providerEvent.count()).toBe(before + 1)
  await catchUp()
  for (const { order } of [lost, heard]) {
    const told = house.published(paymentCharged).filter(({ payload }) => payload.orderId === order.orderId)
    expect(told).toHaveLength(1)
  }
})

test('a window that is cut off half-way goes on where it stopped', async () => {
  const orders: Order[] = []
  for (let count = 0; count < 5; count++) {
    const { order, reference } = await started()
    // 21 events each: the window has more than one page.
    for (let time = 0; time < 20; time++) stripe.decline(reference, 'card_declined', 'generic_decline')
    stripe.succeed(reference)
    orders.push(order)
  }
  const asked = () => stripe.seen.filter(({ endpoint }) => endpoint === 'GET /v1/events').length
  const before = asked()
  stripe.breakAfter('GET /v1/events', 1)
  house.clock.advance(2 * 60_000)
  await expect(house.runJob('catch-up')).rejects.toThrow()
  expect(await house.prisma.providerCatchUp.findFirst()).toMatchObject({
    until: expect.any(Date),
    after: expect.stringMatching(/^evt_/),
  })
  stripe.breakAfter('GET /v1/events', Infinity)
  const cutOff = asked()
  await house.runJob('catch-up')
  await house.settle()
  expect(cutOff).toBeGreaterThan(before)
  expect(asked()).toBe(cutOff + 1)
  for (const order of orders) expect(await standing(order)).toEqual([['CHARGED', 129_500n]])
})

test('while a secret is being changed both are good, and no third one', async () => {
  const { reference } = await started()
  stripe.succeed(reference)
  const send = async (signedWith: string[]) => {
    const { body, headers } = stripe.webhook(reference, 'payment_intent.succeeded', signedWith)
    return (await fetch(route(), { method: 'POST', headers, body: new Uint8Array(body) })).status
  }
  expect(await send(['whsec_of_somebody_else_entirely'])).toBe(400)
  expect(await send([secrets[0] ?? ''])).toBe(200)
  expect(await send([secrets[1] ?? ''])).toBe(200)
  expect(await send(secrets)).toBe(200)
})

test('events in any order, each three times, end where the list ends', async () => {
  const { order, reference } = await started()
  stripe.move(reference, 'requires_action')
  stripe.decline(reference, 'card_declined', 'generic_decline')
  stripe.move(reference, 'processing')
  stripe.succeed(reference)
  const answers = await stripe.post(route(), secrets[1] ?? '', {
    times: 3,
    order: (events) => events.toReversed(),
  })
  expect(new Set(answers)).toEqual(new Set([200]))
  await house.settle()
  expect(await standing(order)).toEqual([['CHARGED', 129_500n]])
})

test('an event of a kind or about something that the house does not know is kept and ignored', async () => {
  const { reference } = await started()
  const unknown = stripe.somethingElse('customer.created', { object: 'customer', id: 'cus_1' })
  const foreign = stripe.somethingElse('payment_intent.succeeded', {
    ...stripe.objectOf(reference),
    id: 'pi_of_another_house',
    metadata: {},
  })
  await stripe.post(route(), secrets[1] ?? '')
  await house.settle()
  for (const id of [unknown, foreign]) {
    expect(await house.prisma.providerEvent.findFirst({ where: { id } })).toMatchObject({ state: 'IGNORED' })
  }
})

test('an event of a shape nobody can read is kept, and shows what is wrong', async () => {
  const id = stripe.somethingElse('payment_intent.succeeded', { object: 'payment_intent', id: 'pi_1' })
  expect(await stripe.post(route(), secrets[1] ?? '')).toContain(200)
  await house.settle()
  const kept = await house.prisma.providerEvent.findFirstOrThrow({ where: { id } })
  expect(kept).toMatchObject({ state: 'RECEIVED', attempts: 1 })
  expect(kept.error).not.toBe(null)
})

test('more than a megabyte is not read', async () => {
  const response = await fetch(route(), { method: 'POST', body: 'x'.repeat(1_000_001) })
  expect(response.status).toBe(413)
})
