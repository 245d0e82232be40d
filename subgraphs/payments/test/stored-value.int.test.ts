import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentCharged } from '#contracts/payments.ts'
import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { type House, openHouse, type Order, support } from './house.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

interface Paid {
  kind: string
  due?: { amount: string }
  transaction?: { id: string; status: string; charged: { amount: string } }
}

interface Issued {
  kind: string
  field?: string
  giftCardId: string
  code: string
  balance: { amount: string }
}

const paidFields = `... on StoredValuePaymentSuccess { due { amount } transaction { id status charged { amount } } }`

async function issue(amount: string, change: object = {}): Promise<Issued> {
  const input = { currency: 'EUR', amount, reason: 'A gift.', idempotencyKey: uuidv7(), ...change }
  const fields = `... on IssueGiftCardSuccess { giftCardId code balance { amount } }`
  return await house.ask<Issued>('issueGiftCard', input, support, fields)
}

const grant = (customerId: string, amount: string) =>
  house.ask(
    'grantStoreCredit',
    { customerId, currency: 'EUR', amount, reason: 'Sorry.', idempotencyKey: uuidv7() },
    support,
  )

const payByCard = async (order: Order, code: string, identity = order.shopper) =>
  house.ask<Paid>(
    'payWithGiftCard',
    { paymentTicket: await house.ticketFor(order), code },
    identity,
    paidFields,
  )

const payByCredit = async (order: Order, amount?: string) =>
  house.ask<Paid>(
    'payWithStoreCredit',
    { paymentTicket: await house.ticketFor(order), amount },
    order.shopper,
    paidFields,
  )

async function balance(code: string, identity: Identity = testIdentity()) {
  const { data } = await house.query<{ giftCardBalance: { kind: string; balance?: { amount: string } } }>(
    `query ($code: String!) { giftCardBalance(code: $code) { kind: __typename
       ... on GiftCardBalance { balance { amount } } ... on UserError { message } } }`,
    { code },
    identity,
  )
  return data.giftCardBalance
}

test('a gift card pays what is due, at once, and tells it; the rest stays on it', async () => {
  const order = await house.placeOrder('10000')
  const { code } = await issue('15000')
  expect(await payByCard(order, code.toLowerCase().replaceAll('-', ' '))).toMatchObject({
    kind: 'StoredValuePaymentSuccess',
    due: { amount: '0.00' },
    transaction: { status: 'CHARGED', charged: { amount: '100.00' } },
  })
  expect(await balance(code)).toEqual({ kind: 'GiftCardBalance', balance: { amount: '50.00' } })
  await house.settle()
  const told = house.published(paymentCharged).filter(({ payload }) => payload.orderId === order.orderId)
  expect(told.map(({ payload }) => [payload.kind, payload.chargedMinor])).toEqual([['STORE_CREDIT', '10000']])
  expect(await house.start(order)).toMatchObject({ kind: 'AlreadyPaidError' })
  const another = await issue('100')
  expect(await payByCard(order, another.code)).toMatchObject({ kind: 'AlreadyPaidError' })
})

test('paying again with the same card is the first payment', async () => {
  const order = await house.placeOrder('10000')
  const { code } = await issue('4000')
  const first = await payByCard(order, code)
  expect(first).toMatchObject({ due: { amount: '60.00' } })
  expect(await payByCard(order, code)).toEqual(first)
  expect(await balance(code)).toMatchObject({ balance: { amount: '0.00' } })
})

test('a card that is empty or in another currency pays nothing', async () => {
  const order = await house.placeOrder('10000')
  const { code } = await issue('4000')
  await payByCard(await house.placeOrder('4000'), code)
  expect(await payByCard(order, code)).toMatchObject({ kind: 'NothingToSpendError' })
  const yen = await issue('4000', { currency: 'JPY' })
  expect(await payByCard(order, yen.code)).toMatchObject({ kind: 'NothingToSpendError' })
})

test('the rest is asked for by card; an attempt for all of it is called off first', async () => {
  const order = await house.placeOrder('10000')
  const whole = await house.start(order)
  const { code } = await issue('4000')
  await payByCard(order, code)
  expect(await house.confirm(whole.client!, '4242424242424242')).toMatchObject({
    failureCode: 'intent_canceled',
  })
  const rest = await house.start(order)
  expect(rest).toMatchObject({ transaction: { amount: { amount: '60.00' } } })
  await house.confirm(rest.client!, '4242424242424242')
  await house.settle()
  expect((await house.transactionsOf(order)).map(({ kind, status }) => [kind, status])).toEqual([
    ['ONLINE', 'CANCELED'],
    ['STORE_CREDIT', 'CHARGED'],
    ['ONLINE', 'CHARGED'],
  ])
})

test('200 orders at once never spend more than is on the card', async () => {
  const { code, giftCardId } = await issue('1000')
  const order = await house.placeOrder('30')
  const orders = Array.from({ length: 200 }, () => ({
    ...order,
    orderId: uuidv7(),
    // Each tries one code: nobody is slowed down.
    shopper: testIdentity(),
  }))
  const outcomes = await Promise.all(orders.map((order) => payByCard(order, code)))
  const taken = await house.prisma.transaction.aggregate({
    where: { storedValueId: giftCardId },
    _sum: { chargedMinor: true },
  })
  expect(taken._sum.chargedMinor).toBe(1_000n)
  // 33 whole ones, and the rest of ten cents.
  expect(outcomes.filter(({ kind }) => kind === 'StoredValuePaymentSuccess')).toHaveLength(34)
  expect(outcomes.filter(({ kind }) => kind === 'NothingToSpendError')).toHaveLength(166)
})

test('an order that ended takes nothing, and what it had taken goes back onto the card', async () => {
  const order = await house.placeOrder('10000')
  const { code } = await issue('4000')
  const { transaction } = await payByCard(order, code)
  await house.expireOrder(order)
  await house.rejectPayment(order, transaction!.id)
  await house.rejectPayment(order, transaction!.id)
  await house.settle()
  expect(await balance(code)).toMatchObject({ balance: { amount: '40.00' } })
  expect((await house.transactionsOf(order)).map(({ status }) => status)).toEqual(['REFUNDED'])
  expect(await payByCard(order, code)).toMatchObject({ kind: 'TicketInvalidError' })
})

test('store credit is seen by its owner and pays a part if told so', async () => {
  const order = await house.placeOrder('10000')
  const { userId } = order.shopper
  expect(await payByCredit(order)).toMatchObject({ kind: 'NothingToSpendError' })
  await grant(userId, '3000')
  await grant(userId, '2000')
  expect(await payByCredit(order, '0')).toMatchObject({ kind: 'InvalidInputError', field: 'amount' })
  expect(await payByCredit(order, '1000')).toMatchObject({ due: { amount: '90.00' } })
  const ask = (identity: Identity) =>
    house.query(
      `query ($entities: [_Any!]!) { _entities(representations: $entities) { ... on User { storeCredit { amount } } } }`,
      { entities: [{ __typename: 'User', id: userId }] },
      identity,
    )
  expect((await ask(order.shopper)).data).toEqual({ _entities: [{ storeCredit: [{ amount: '40.00' }] }] })
  expect((await ask(support)).data).toEqual({ _entities: [{ storeCredit: [{ amount: '40.00' }] }] })
  expect((await ask(testIdentity())).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
})

test('a code that is none and one that nobody has are answered alike, and guessing ends', async () => {
  const guesser = testIdentity()
  const unknown = await balance('0000-0000-0000-0000', guesser)
  expect(unknown).toMatchObject({ kind: 'GiftCardNotFoundError' })
  expect(await balance('nonsense', guesser)).toEqual(unknown)
  for (let count = 2; count < 20; count++) await balance('nonsense', guesser)
  const { code } = await issue('100')
  expect(await balance(code, guesser)).toMatchObject({ kind: 'TooManyTriesError' })
  const order = { ...(await house.placeOrder()), shopper: guesser }
  expect(await payByCard(order, code)).toMatchObject({ kind: 'TooManyTriesError' })
  const other = await house.placeOrder()
  expect(await payByCard(other, 'nonsense')).toMatchObject({ kind: 'GiftCardNotFoundError' })
  expect(await payByCard(other, code, testIdentity())).toMatchObject({ kind: 'TicketInvalidError' })
})

test('a repeated issue issues nothing and does not show the code again; the code is kept nowhere', async () => {
  const idempotencyKey = uuidv7()
  const first = await issue('100', { idempotencyKey })
  expect(await issue('100', { idempotencyKey })).toMatchObject({ giftCardId: first.giftCardId, code: null })
  await expect(issue('200', { idempotencyKey })).rejects.toThrow('IDEMPOTENCY_KEY_REUSED')
  const kept = await house.prisma.$queryRaw<unknown[]>`
    SELECT FROM idempotency_keys WHERE response::text LIKE ${`%${first.code}%`}`
  expect(kept).toEqual([])
  expect(await issue('0')).toMatchObject({ kind: 'InvalidInputError', field: 'amount' })
  expect(await issue('1', { currency: 'EURO' })).toMatchObject({ field: 'currency' })
})

test('shoppers issue nothing', async () => {
  const input = { currency: 'EUR', amount: '1', reason: 'x', idempotencyKey: 'x' }
  await expect(house.ask('issueGiftCard', input, testIdentity())).rejects.toThrow('FORBIDDEN')
  await expect(
    house.ask('grantStoreCredit', { ...input, customerId: uuidv7() }, testIdentity()),
  ).rejects.toThrow('FORBIDDEN')
})
