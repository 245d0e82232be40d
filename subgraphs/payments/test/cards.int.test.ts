import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paymentActionRequired, paymentCharged, paymentFailed } from '#contracts/payments.ts'
import type { EventDefinition } from '#platform/events/define-event.ts'
import { createGatewaySigner } from '#platform/server/gateway-signature.ts'
import { delayMs, type House, openHouse, type Order, pollAfterMs } from './house.ts'

/** As the gateway of a test subgraph signs. */
const sign = createGatewaySigner('the-secret-of-a-test')
let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

const told = <P extends { orderId: string }>(order: Order, event: EventDefinition<P>) =>
  house.published(event).filter(({ payload }) => payload.orderId === order.orderId)

const statusOf = async (order: Order) => (await house.transactionsOf(order)).map(({ status }) => status)

async function expectChargedOnce(order: Order): Promise<void> {
  expect(await statusOf(order)).toEqual(['CHARGED'])
  expect(told(order, paymentCharged).map(({ payload }) => payload.chargedMinor)).toEqual([order.totalMinor])
  const [transaction] = await house.transactionsOf(order)
  const intentReference = transaction?.pspReference ?? ''
  expect(await house.prisma.sandboxCharge.findMany({ where: { intentReference } })).toHaveLength(1)
}

test('a good card is charged, by a webhook', async () => {
  const order = await house.placeOrder()
  expect(await house.pay(order, '4242 4242 4242 4242')).toMatchObject({ status: 'succeeded' })
  await house.settle()
  await expectChargedOnce(order)
  const [transaction] = await house.transactionsOf(order)
  expect(transaction?.events.map(({ type }) => type)).toEqual(['CHARGE_REQUEST', 'CHARGE_SUCCESS'])
})

test.each([
  ['4000 0000 0000 0002', 'card_declined'],
  ['4000 0000 0000 9995', 'insufficient_funds'],
])('%s fails with %s', async (card, failureCode) => {
  const order = await house.placeOrder()
  expect(await house.pay(order, card)).toMatchObject({ status: 'failed', failureCode })
  await house.settle()
  expect(await statusOf(order)).toEqual(['FAILED'])
  expect(told(order, paymentFailed).map(({ payload }) => payload)).toMatchObject([{ failureCode }])
})

test.each([
  [{ cardNumber: '4242424242424241' }, 'incorrect_number'],
  [{ cardNumber: "'; drop table transactions" }, 'incorrect_number'],
  [{ expiry: '12/20' }, 'expired_card'],
  [{ expiry: 'soon' }, 'expired_card'],
  [{ cvc: '1' }, 'incorrect_cvc'],
])('what is no card %j is told at once and tries nothing', async (change, failureCode) => {
  const order = await house.placeOrder()
  const { client } = await house.start(order)
  expect(await house.confirm(client!, '4242424242424242', change)).toMatchObject({
    status: 'failed',
    failureCode,
  })
  await house.settle()
  expect(await statusOf(order)).toEqual(['PENDING'])
  expect(await house.confirm(client!, '4242424242424242')).toMatchObject({ status: 'succeeded' })
})

test('a late success is charged when it comes', async () => {
  const order = await house.placeOrder()
  expect(await house.pay(order, '4000000000005126')).toMatchObject({ status: 'processing' })
  await house.settle()
  expect(await statusOf(order)).toEqual(['PENDING'])
  house.clock.advance(delayMs)
  await house.settle()
  await expectChargedOnce(order)
})

test('a lost webhook is found out by asking', async () => {
  const order = await house.placeOrder()
  const sent = house.wire.sent.length
  await house.pay(order, '4000000000004954')
  await house.settle()
  expect(await statusOf(order)).toEqual(['PENDING'])
  house.clock.advance(pollAfterMs)
  await house.settle()
  await expectChargedOnce(order)
  expect(house.wire.sent).toHaveLength(sent)
})

test('a webhook that comes three times, and an older one after it, charge once', async () => {
  const order = await house.placeOrder()
  const sent = house.wire.sent.length
  await house.pay(order, '4000000000008888')
  await house.settle()
  await expectChargedOnce(order)
  house.clock.advance(delayMs)
  await house.settle()
  await expectChargedOnce(order)
  const types = house.wire.sent
    .slice(sent)
    .map(({ body }) => (JSON.parse(body.toString()) as { type: string }).type)
  expect(types.toSorted()).toEqual([
    'intent.processing',
    'intent.succeeded',
    'intent.succeeded',
    'intent.succeeded',
  ])
})

describe('a card that needs the bank', () => {
  async function toTheBank() {
    const order = await house.placeOrder()
    const paid = await house.pay(order, '4000002500003155')
    expect(paid).toMatchObject({ status: 'requires_action' })
    await house.settle()
    expect(await statusOf(order)).toEqual(['ACTION_REQUIRED'])
    expect(told(order, paymentActionRequired)).toHaveLength(1)
    const path = String((paid as Record<string, unknown>).redirectPath)
    return { order, path, client: paid.client }
  }

  async function answer(
    path: string,
    decision: string,
    key = new URL(path, 'http://x').searchParams.get('key') ?? '',
  ): Promise<Response> {
    const [plain = ''] = path.split('?')
    const body = Buffer.from(new URLSearchParams({ decision, key }).toString())
    const headers = { 'x-request-id': 'test' }
    const signature = sign({ method: 'POST', path: plain, headers, body })
    // The way back is looked at, not followed.
    const init = { method: 'POST', headers: { ...headers, ...signature }, body, redirect: 'manual' } as const
    return await fetch(`${house.url}${plain}`, init)
  }

  test('shows a page without a script, and approving it charges and leads back', async () => {
    const { order, path } = await toTheBank()
    const page = await house.request(path, { method: 'GET' })
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain('1295.00 EUR')
    expect(html).not.toContain('<script')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const back = await answer(path, 'approve')
    expect([back.status, back.headers.get('location')]).toEqual([303, '/en/FR/checkout'])
    await house.settle()
    await expectChargedOnce(order)
    expect((await answer(path, 'refuse')).status).toBe(303)
    await house.settle()
    await expectChargedOnce(order)
  })

  test('refused at the bank is a failure', async () => {
    const { order, path } = await toTheBank()
    await answer(path, 'refuse')
    await house.settle()
    expect(await statusOf(order)).toEqual(['FAILED'])
    expect(told(order, paymentFailed)).toMatchObject([{ payload: { failureCode: 'authentication_failed' } }])
  })

  test('nobody approves without the key of the page', async () => {
    const { order, path } = await toTheBank()
    await answer(path, 'approve', 'key_000000000000000000000000')
    await house.settle()
    expect(await statusOf(order)).toEqual(['ACTION_REQUIRED'])
  })
})

test('an intent is confirmed only with its own secret, and only where there is one', async () => {
  const { client } = await house.start(await house.placeOrder())
  expect(await house.confirm(client!, '4242424242424242', { clientSecret: 'x' })).toMatchObject({
    httpStatus: 404,
  })
  const unknown = { ...client!, reference: `sbx_pi_${'0'.repeat(24)}` }
  expect(await house.confirm(unknown, '4242424242424242')).toMatchObject({ httpStatus: 404 })
  expect(await house.confirm({ ...client!, reference: '../../x' }, '4242424242424242')).toMatchObject({
    httpStatus: 404,
  })
  expect(await house.confirm(client!, '4242424242424242', { cvc: 7 })).toMatchObject({ httpStatus: 400 })
})

test('a webhook that nobody took comes again', async () => {
  const order = await house.placeOrder()
  house.wire.cut()
  await house.pay(order, '4242424242424242')
  await house.settle()
  expect(await statusOf(order)).toEqual(['PENDING'])
  house.wire.mend()
  house.clock.advance(2_000)
  await house.settle()
  await expectChargedOnce(order)
})
