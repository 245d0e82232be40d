import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentCharged, paymentDisputed, paymentStarted } from '#contracts/payments.ts'
import { orderHoldExtended } from '#contracts/orders.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { clerk, type House, openHouse, type Order, support } from './house.ts'

const other = testIdentity({ roles: ['SUPPORT'] })
let house: House

beforeAll(async () => {
  house = await openHouse()
  await house.openMarket('FR', 7)
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

const ofOrder = ({ orderId }: Order) => ({
  told: ({ payload }: { payload: { orderId: string } }) => payload.orderId === orderId,
  cases: () => house.prisma.paymentCase.findMany({ where: { orderId }, orderBy: { id: 'asc' } }),
})

const awaitTransfer = async (order: Order, identity = order.shopper) =>
  house.ask<{ kind: string; days?: number; transaction?: { id: string; bankTransfer: object } }>(
    'startBankTransfer',
    { paymentTicket: await house.ticketFor(order) },
    identity,
    `... on StartBankTransferSuccess { days transaction { id bankTransfer { accountHolder iban bic reference amount { amount } } } }`,
  )

const arrive = (transactionId: string, amount: string, change: object = {}) =>
  house.ask(
    'confirmBankTransfer',
    { transactionId, amount, bankReference: uuidv7(), idempotencyKey: uuidv7(), ...change },
    support,
  )

/** Money that came for an order that is gone, in a way that only a person can give it back. */
async function openCase(): Promise<{ id: string; version: number; order: Order }> {
  const order = await house.placeOrder('5000')
  const { transaction } = await awaitTransfer(order)
  await house.expireOrder(order)
  await arrive(transaction!.id, '5000')
  await house.rejectPayment(order, transaction!.id)
  await house.settle()
  const [found] = await ofOrder(order).cases()
  return { id: found!.id, version: found!.version, order }
}

const fields = `... on PaymentCaseSuccess { case { version ownerId resolution closedAt history { step actorId note } } }`
const take = (seen: { id: string; version: number }, identity = support) =>
  house.ask('takePaymentCase', { id: seen.id, version: seen.version }, identity, fields)
const resolve = (seen: { id: string; version: number }, resolution: string, note = 'Looked at.') =>
  house.ask('resolvePaymentCase', { id: seen.id, version: seen.version, resolution, note }, support, fields)

test('a transfer is awaited once, told, and says where it goes', async () => {
  const order = await house.placeOrder('5000')
  const first = await awaitTransfer(order)
  expect(first).toMatchObject({
    kind: 'StartBankTransferSuccess',
    days: 7,
    transaction: {
      bankTransfer: {
        accountHolder: 'Maison SA',
        iban: 'FR7630006000011234567890189',
        bic: 'AGRIFRPP',
        reference: order.number,
        amount: { amount: '50.00' },
      },
    },
  })
  expect(await awaitTransfer(order)).toEqual(first)
  await house.settle()
  const told = house.published(paymentStarted).filter(ofOrder(order).told)
  expect(told.map(({ payload }) => payload.kind)).toEqual(['BANK_TRANSFER'])
})

test('a transfer and a card never wait side by side', async () => {
  const order = await house.placeOrder('5000')
  const byCard = await house.start(order)
  await awaitTransfer(order)
  expect(await house.confirm(byCard.client!, '4242424242424242')).toMatchObject({
    failureCode: 'intent_canceled',
  })
  await house.start(order)
  expect((await house.transactionsOf(order)).map(({ kind, status }) => [kind, status])).toEqual([
    ['ONLINE', 'CANCELED'],
    ['BANK_TRANSFER', 'CANCELED'],
    ['ONLINE', 'PENDING'],
  ])
})

test('a transfer that came is charged once, whoever says so how often', async () => {
  const order = await house.placeOrder('5000')
  const { transaction } = await awaitTransfer(order)
  const bankReference = uuidv7()
  const idempotencyKey = uuidv7()
  const say = (change: object) => arrive(transaction!.id, '5000', { bankReference, ...change })
  await Promise.all([say({ idempotencyKey }), say({ idempotencyKey }), say({})])
  await house.settle()
  const [one] = await house.transactionsOf(order)
  expect(one).toMatchObject({ status: 'CHARGED', chargedMinor: 5_000n })
  expect(house.published(paymentCharged).filter(ofOrder(order).told)).toHaveLength(1)
  expect(await awaitTransfer(order)).toMatchObject({ kind: 'AlreadyPaidError' })
})

test('a transfer of another sum opens a case', async () => {
  const order = await house.placeOrder('5000')
  const { transaction } = await awaitTransfer(order)
  await arrive(transaction!.id, '4900')
  expect((await ofOrder(order).cases()).map(({ kind }) => kind)).toEqual(['AMOUNT_MISMATCH'])
})

test('no transfer is awaited where the market takes none, for an order that ended, or by somebody else', async () => {
  const ended = await house.placeOrder('5000')
  await house.expireOrder(ended)
  expect(await awaitTransfer(ended)).toMatchObject({ kind: 'TicketInvalidError' })
  expect(await awaitTransfer(ended, testIdentity())).toMatchObject({ kind: 'TicketInvalidError' })
  await house.openMarket('FR', null)
  expect(await awaitTransfer(await house.placeOrder())).toMatchObject({ kind: 'BankTransferNotOfferedError' })
  const methods = (marketId: string) =>
    house.query(`query ($marketId: ID!) { paymentMethods(marketId: $marketId) }`, { marketId })
  expect((await methods('FR')).data.paymentMethods).toEqual(['CARD', 'GIFT_CARD', 'STORE_CREDIT'])
  await house.openMarket('FR', 7)
  expect((await methods('FR')).data.paymentMethods).toContain('BANK_TRANSFER')
})

test('what is no transfer is not confirmed', async () => {
  expect(await arrive(uuidv7(), '1')).toMatchObject({ kind: 'TransactionStateError' })
  expect(await arrive(uuidv7(), '0')).toMatchObject({ kind: 'InvalidInputError', field: 'amount' })
})

test('money for an order that is gone is a case until it is given back by hand', async () => {
  const { id, version, order } = await openCase()
  expect(await resolve({ id, version }, 'REFUNDED')).toMatchObject({
    kind: 'InvalidInputError',
    field: 'resolution',
  })
  const [transaction] = await house.transactionsOf(order)
  const [refund] = await house.prisma.refund.findMany({ where: { transactionId: transaction!.id } })
  await house.ask('confirmRefund', { refundId: refund!.id, reference: 'SEPA-1' }, support)
  expect(await ofOrder(order).cases()).toMatchObject([{ id, resolution: 'REFUNDED' }])
})

test('of two who take a case at once the second sees that it changed', async () => {
  const seen = await openCase()
  const taken = await Promise.all([take(seen), take(seen, other)])
  expect(taken.map(({ kind }) => kind).sort()).toEqual(['PaymentCaseChangedError', 'PaymentCaseSuccess'])
})

test('a case is taken and ended, and remembers by whom; ended it takes no more steps', async () => {
  const seen = await openCase()
  await take(seen)
  const next = { id: seen.id, version: seen.version + 1 }
  expect(await resolve(next, 'KEPT', 'The customer ordered again.')).toMatchObject({
    kind: 'PaymentCaseSuccess',
    case: {
      resolution: 'KEPT',
      ownerId: support.userId,
      history: [
        { step: 'OPENED', actorId: null },
        { step: 'TAKEN', actorId: support.userId },
        { step: 'RESOLVED', actorId: support.userId, note: 'The customer ordered again.' },
      ],
    },
  })
  expect(await resolve(next, 'KEPT')).toMatchObject({ kind: 'PaymentCaseNotOpenError' })
  expect(await take({ id: uuidv7(), version: 1 })).toMatchObject({ kind: 'PaymentCaseNotOpenError' })
  expect(await resolve(next, 'KEPT', '')).toMatchObject({ kind: 'InvalidInputError', field: 'note' })
  const input = { caseId: seen.id, version: 1 }
  expect(await house.ask('retryRefund', input, support)).toMatchObject({ kind: 'PaymentCaseNotOpenError' })
})

test('the queue is read by what is open, of which kind, and whose it is', async () => {
  const seen = await openCase()
  await take(seen, other)
  const read = async (filter: object) => {
    const { data } = await house.query<{
      paymentCases: { nodes: { id: string; closedAt: string | null }[] }
    }>(
      `query ($filter: PaymentCaseFilter) { paymentCases(filter: $filter, first: 100) { nodes { id closedAt } } }`,
      { filter },
      support,
    )
    return data.paymentCases.nodes
  }
  expect((await read({ ownerId: other.userId, isOpen: true })).map(({ id }) => id)).toContain(seen.id)
  expect(await read({ kind: 'DISPUTE', ownerId: other.userId })).toEqual([])
  expect((await read({ isOpen: false })).every(({ closedAt }) => closedAt !== null)).toBe(true)
  await expect(house.ask('takePaymentCase', { id: seen.id, version: 1 }, clerk)).rejects.toThrow('FORBIDDEN')
})

test.each([
  ['4000000000000259', ['OPEN', 'LOST'], 'REFUNDED', 'WRITTEN_OFF'],
  ['4000000000002685', ['OPEN', 'WON'], 'CHARGED', 'KEPT'],
])('a dispute of card %s is told as %j', async (card, statuses, status, resolution) => {
  const order = await house.placeOrder('5000')
  await house.pay(order, card)
  for (let round = 0; round < 4; round++) {
    await house.settle()
    house.clock.advance(8 * 24 * 60 * 60_000)
  }
  await house.settle()
  const told = house.published(paymentDisputed).filter(ofOrder(order).told)
  expect(told.map(({ payload }) => payload.status)).toEqual(statuses)
  expect((await house.transactionsOf(order)).map((one) => one.status)).toEqual([status])
  expect(await ofOrder(order).cases()).toMatchObject([{ kind: 'DISPUTE', resolution }])
})

test('a hold that is extended is known', async () => {
  const order = await house.placeOrder()
  const expiresAt = new Date(order.expiresAt.getTime() + 60_000)
  await house.publish(orderHoldExtended, {
    aggregateId: order.orderId,
    payload: { orderId: order.orderId, number: order.number, expiresAt: expiresAt.toISOString() },
  })
  await house.settle()
  expect(await house.prisma.payableOrder.findUnique({ where: { orderId: order.orderId } })).toMatchObject({
    expiresAt,
  })
})
