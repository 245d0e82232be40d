import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentCharged, paymentFailed, paymentStarted } from '#contracts/payments.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { type House, openHouse } from './house.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

test('a ticket starts a payment of its amount, and tells it', async () => {
  const order = await house.placeOrder()
  const started = await house.start(order)
  expect(started).toMatchObject({
    kind: 'StartPaymentSuccess',
    transaction: { status: 'PENDING', amount: { amount: '1295.00' } },
    client: { provider: 'sandbox', publishableKey: null },
  })
  await house.settle()
  const told = house.published(paymentStarted).filter(({ payload }) => payload.orderId === order.orderId)
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({
    market: 'FR',
    payload: { amountMinor: '129500', chargedMinor: '0', pspReference: started.client?.reference },
  })
})

test('a ticket that comes before orders has told of the order will do', async () => {
  const order = { ...(await house.placeOrder()), orderId: crypto.randomUUID() }
  expect(await house.start(order)).toMatchObject({ kind: 'StartPaymentSuccess' })
})

test('repeating it returns the active attempt', async () => {
  const order = await house.placeOrder()
  expect(await house.start(order)).toEqual(await house.start(order))
})

test('20 at once make one attempt and one intent', async () => {
  const order = await house.placeOrder()
  const all = await Promise.all(Array.from({ length: 20 }, () => house.start(order)))
  expect(new Set(all.map((started) => started.client?.reference)).size).toBe(1)
  const transactions = await house.transactionsOf(order)
  expect(transactions).toHaveLength(1)
  const where = { transactionId: { in: transactions.map(({ id }) => id) } }
  expect(await house.prisma.sandboxIntent.count({ where })).toBe(1)
})

test('after a failure the next attempt begins, and the former can no longer be charged', async () => {
  const order = await house.placeOrder()
  const first = await house.pay(order, '4000000000000002')
  await house.settle()
  const second = await house.pay(order, '4242424242424242')
  await house.settle()
  expect(second.client.reference).not.toBe(first.client.reference)
  expect(await house.confirm(first.client, '4242424242424242')).toMatchObject({
    failureCode: 'intent_canceled',
  })
  expect((await house.transactionsOf(order)).map(({ status }) => status)).toEqual(['FAILED', 'CHARGED'])
})

test('another amount calls the former attempt off first', async () => {
  const order = await house.placeOrder()
  const first = await house.start(order)
  const second = await house.start(order, { ticket: await house.ticketFor(order, { amountMinor: '100' }) })
  expect(second).toMatchObject({ kind: 'StartPaymentSuccess', transaction: { amount: { amount: '1.00' } } })
  expect(await house.confirm(first.client!, '4242424242424242')).toMatchObject({
    failureCode: 'intent_canceled',
  })
  expect((await house.transactionsOf(order)).map(({ status }) => status)).toEqual(['CANCELED', 'PENDING'])
})

test('another amount while the first is charged unseen is an order that is paid', async () => {
  const order = await house.placeOrder()
  await house.pay(order, '4000000000004954')
  const again = await house.start(order, { ticket: await house.ticketFor(order, { amountMinor: '100' }) })
  expect(again).toMatchObject({ kind: 'AlreadyPaidError' })
  await house.settle()
  expect(told(order.orderId)).toEqual(['payment.started', 'payment.charged'])
})

test('a paid order can not be paid again', async () => {
  const order = await house.placeOrder()
  await house.pay(order, '4242424242424242')
  await house.settle()
  expect(await house.start(order)).toMatchObject({ kind: 'AlreadyPaidError' })
})

test('while money is just being taken by an attempt that should be called off, no other begins', async () => {
  const order = await house.placeOrder()
  await house.pay(order, '4000000000005126')
  const other = await house.start(order, { ticket: await house.ticketFor(order, { amountMinor: '100' }) })
  expect(other).toMatchObject({ kind: 'PaymentProviderUnavailableError' })
  house.clock.advance(3_000)
  await house.settle()
  house.clock.advance(30_000)
  await house.settle()
  expect(await house.start(order)).toMatchObject({ kind: 'AlreadyPaidError' })
})

test('a forged, foreign, expired or senseless ticket is refused, and nothing is written', async () => {
  const order = await house.placeOrder()
  const past = { ...order, expiresAt: new Date(house.clock.now().getTime() - 1_000) }
  const tickets = [
    await house.ticketFor(order, {}, 'a-secret-of-somebody-else-entirely'),
    await house.ticketFor(past),
    await house.ticketFor(order, { amountMinor: '-5' }),
    await house.ticketFor(order, { amountMinor: '0' }),
    await house.ticketFor(order, { currency: 'EURO' }),
    await house.ticketFor(order, { customerRef: null }),
    `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.e30.`,
    'x'.repeat(100_000),
    '',
  ]
  for (const ticket of tickets) {
    expect(await house.start(order, { ticket })).toMatchObject({ kind: 'TicketInvalidError' })
  }
  expect(await house.start(order, { identity: testIdentity() })).toMatchObject({ kind: 'TicketInvalidError' })
  expect(await house.transactionsOf(order)).toEqual([])
})

test('an order that ended can not be paid', async () => {
  const order = await house.placeOrder()
  await house.expireOrder(order)
  expect(await house.start(order)).toMatchObject({ kind: 'TicketInvalidError' })
})

test('a way back to another site is bad input', async () => {
  const order = await house.placeOrder()
  await expect(house.start(order, { returnPath: '//elsewhere.example' })).rejects.toThrow('BAD_USER_INPUT')
})

test('nobody pays without signing in', async () => {
  const answer = await house.query(
    `mutation { startPayment(input: { paymentTicket: "x", returnPath: "/" }) { __typename } }`,
  )
  expect(answer.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
})

function told(orderId: string): string[] {
  return house
    .published(paymentCharged)
    .concat(house.published(paymentStarted), house.published(paymentFailed))
    .filter(({ payload }) => payload.orderId === orderId)
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ type }) => type)
}
