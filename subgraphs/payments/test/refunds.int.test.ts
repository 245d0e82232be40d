import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentAuthorized, paymentRefundFailed } from '#contracts/payments.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { clerk, type House, openHouse, type Order, support } from './house.ts'

let house: House

beforeAll(async () => {
  house = await openHouse({ PAYMENT_CAPTURE: 'manual' })
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

const card = '4242424242424242'

async function hold(totalMinor = '10000', cardNumber = card): Promise<Order> {
  const order = await house.placeOrder(totalMinor)
  await house.pay(order, cardNumber)
  await house.settle()
  return order
}

async function charge(totalMinor = '10000', cardNumber = card): Promise<Order> {
  const order = await hold(totalMinor, cardNumber)
  await house.confirmOrder(order)
  await house.fulfilOrder(order)
  await house.settle()
  return order
}

const last = async (order: Order) => (await house.transactionsOf(order)).at(-1)!

async function sums(order: Order) {
  return (await house.transactionsOf(order)).map((one) => [
    one.status,
    Number(one.authorizedMinor),
    Number(one.chargedMinor),
    Number(one.refundedMinor),
  ])
}

async function capture(order: Order, amount: string | null, idempotencyKey = uuidv7()) {
  const { id: transactionId } = await last(order)
  const answer = await house.ask('capturePayment', { transactionId, amount, idempotencyKey }, support)
  await house.settle()
  return answer
}

async function refund(order: Order, amount: string | null, idempotencyKey = uuidv7()) {
  const { id: transactionId } = await last(order)
  const input = { transactionId, amount, reason: 'A flaw.', idempotencyKey }
  const answer = await house.ask('refundPayment', input, support)
  await house.settle()
  return answer
}

const openCases = async (order: Order) =>
  (
    await house.prisma.paymentCase.findMany({
      where: { orderId: order.orderId, closedAt: null },
      orderBy: { id: 'asc' },
    })
  ).map(({ kind }) => kind)

test('money is held, told with its amount, and taken when the goods have left', async () => {
  const order = await hold()
  expect(await sums(order)).toEqual([['AUTHORIZED', 10_000, 0, 0]])
  const told = house.published(paymentAuthorized).filter(({ payload }) => payload.orderId === order.orderId)
  expect(told.map(({ payload }) => payload.authorizedMinor)).toEqual(['10000'])
  expect(await house.start(order)).toMatchObject({ kind: 'AlreadyPaidError' })
  await house.fulfilOrder(order)
  await house.fulfilOrder(order)
  await house.settle()
  expect(await sums(order)).toEqual([['CHARGED', 0, 10_000, 0]])
  expect(await openCases(order)).toEqual([])
})

test('money that is held for an order that ended is released', async () => {
  const order = await hold()
  await house.expireOrder(order)
  await house.settle()
  expect(await sums(order)).toEqual([['CANCELED', 0, 0, 0]])
})

test('support takes a part, once; the rest is released, and that is no mismatch', async () => {
  const order = await hold()
  const key = uuidv7()
  expect(await capture(order, '20000')).toMatchObject({ kind: 'TransactionStateError' })
  expect(await capture(order, '6000', key)).toMatchObject({ kind: 'TransactionSuccess' })
  expect(await capture(order, '6000', key)).toMatchObject({ kind: 'TransactionSuccess' })
  expect(await sums(order)).toEqual([['CHARGED', 0, 6_000, 0]])
  expect(await openCases(order)).toEqual([])
  expect(await capture(order, null)).toMatchObject({ kind: 'TransactionStateError' })
})

test('a hold that lapses before it is taken opens a case', async () => {
  const order = await hold('10000', '4000000000003071')
  house.clock.advance(7 * 24 * 60 * 60_000 + 60_000)
  await house.settle()
  await house.settle()
  expect(await sums(order)).toEqual([['CANCELED', 0, 0, 0]])
  expect(await openCases(order)).toEqual(['AMOUNT_MISMATCH'])
})

test('support gives back parts, never more than was taken, and a repetition nothing', async () => {
  const order = await charge()
  const key = uuidv7()
  await refund(order, '2500', key)
  await refund(order, '2500', key)
  expect(await sums(order)).toEqual([['CHARGED', 0, 10_000, 2_500]])
  expect(await refund(order, '7501')).toMatchObject({ kind: 'TransactionStateError' })
  await refund(order, null)
  expect(await sums(order)).toEqual([['REFUNDED', 0, 10_000, 10_000]])
  expect(await refund(order, null)).toMatchObject({ kind: 'TransactionStateError' })
})

test('twenty refunds at once give back what there is and no more', async () => {
  const order = await charge()
  const answers = await Promise.all(Array.from({ length: 20 }, () => refund(order, '900')))
  expect(answers.filter(({ kind }) => kind === 'TransactionSuccess')).toHaveLength(11)
  await house.settle()
  expect(await sums(order)).toEqual([['CHARGED', 0, 10_000, 9_900]])
})

test('what orders owes goes back once per wish, the newest payment first', async () => {
  const order = await house.placeOrder('10000')
  await house.ask(
    'grantStoreCredit',
    {
      customerId: order.shopper.userId,
      currency: 'EUR',
      amount: '4000',
      reason: 'x',
      idempotencyKey: uuidv7(),
    },
    support,
  )
  await house.ask('payWithStoreCredit', { paymentTicket: await house.ticketFor(order) }, order.shopper)
  await house.pay(order, card)
  await house.settle()
  await house.fulfilOrder(order)
  await house.settle()
  const wish = uuidv7()
  await house.owe(order, '7000', wish)
  await house.owe(order, '7000', wish)
  await house.settle()
  expect(await sums(order)).toEqual([
    ['CHARGED', 0, 4_000, 1_000],
    ['REFUNDED', 0, 6_000, 6_000],
  ])
  await house.owe(order, '5000')
  await house.settle()
  expect((await sums(order))[0]).toEqual(['REFUNDED', 0, 4_000, 4_000])
  expect(await openCases(order)).toEqual(['AMOUNT_MISMATCH'])
  const credit = await house.prisma.storedValueAccount.findFirstOrThrow({
    where: { customerRef: order.shopper.userId },
  })
  expect(credit.balanceMinor).toBe(4_000n)
})

test('a wish that comes before the sale it is about waits for it', async () => {
  const orderId = uuidv7()
  const owed = house.owe({ ...(await house.placeOrder()), orderId }, '5000')
  const order = await house.recordSale(uuidv7(), [{ kind: 'TERMINAL', amountMinor: '5000' }], { orderId })
  await owed
  await house.settle()
  const [refund] = await house.prisma.refund.findMany({ where: { transactionId: (await last(order)).id } })
  expect(refund).toMatchObject({ amountMinor: 5_000n, isByHand: true, state: 'PENDING' })
})

test('cash goes back by hand, out of an open drawer, once; the drawer expects less', async () => {
  const till = uuidv7()
  const order = await house.recordSale(till, [{ kind: 'CASH', amountMinor: '5000' }])
  await house.owe(order, '2000')
  await house.settle()
  expect(await openCases(order)).toEqual(['REFUND_BY_HAND'])
  const { id } = await last(order)
  const [wanted] = await house.prisma.refund.findMany({ where: { transactionId: id } })
  const give = (registerId: string | null) =>
    house.ask('confirmRefund', { refundId: wanted!.id, reference: 'R-1', registerId }, clerk)
  expect(await give(null)).toMatchObject({ kind: 'InvalidInputError', field: 'registerId' })
  expect(await give(uuidv7())).toMatchObject({ kind: 'CashSessionNotOpenError' })
  const all = await Promise.all(Array.from({ length: 5 }, () => give(till)))
  expect(all.every(({ kind }) => kind === 'TransactionSuccess')).toBe(true)
  expect(await sums(order)).toEqual([['CHARGED', 0, 5_000, 2_000]])
  expect(await openCases(order)).toEqual([])
  const { data } = await house.query(
    `query ($id: ID!) { openCashSession(registerId: $id) { expected { amount } movements { kind amount { amount } } } }`,
    { id: till },
    clerk,
  )
  expect(data.openCashSession).toEqual({
    expected: { amount: '30.00' },
    movements: [
      { kind: 'REFUND', amount: { amount: '-20.00' } },
      { kind: 'SALE', amount: { amount: '50.00' } },
    ],
  })
})

test('a refund that never works is told in the end; support tries it again', async () => {
  const order = await charge()
  const { id } = await last(order)
  const pspReference = (await last(order)).pspReference ?? ''
  await house.prisma.sandboxIntent.update({
    where: { reference: pspReference },
    data: { refusesRefunds: 8 },
  })
  await refund(order, '4000')
  for (let tried = 1; tried < 8; tried++) {
    house.clock.advance(6 * 60 * 60_000)
    await house.settle()
  }
  const told = house.published(paymentRefundFailed).filter(({ payload }) => payload.transactionId === id)
  expect(told).toHaveLength(1)
  const [open] = await house.prisma.paymentCase.findMany({ where: { transactionId: id, closedAt: null } })
  expect(open?.kind).toBe('FAILED_REFUND')
  const retry = () => house.ask('retryRefund', { caseId: open!.id, version: open!.version }, support)
  expect((await Promise.all([retry(), retry()])).map(({ kind }) => kind).sort()).toEqual([
    'PaymentCaseChangedError',
    'PaymentCaseSuccess',
  ])
  await house.settle()
  expect(await sums(order)).toEqual([['CHARGED', 0, 10_000, 4_000]])
  expect(await openCases(order)).toEqual([])
})

test('a refund that the bank sends back days later is given back anew', async () => {
  const order = await charge('10000', '4000000000007742')
  await refund(order, null)
  expect(await sums(order)).toEqual([['REFUNDED', 0, 10_000, 10_000]])
  house.clock.advance(6 * 24 * 60 * 60_000)
  await house.settle()
  await house.settle()
  house.clock.advance(60_000)
  await house.settle()
  await house.settle()
  expect((await last(order)).events.map(({ type }) => type)).toContain('REFUND_FAILURE')
  expect((await sums(order))[0]?.[3]).toBe(10_000)
})

test('shoppers and clerks move no money of the house', async () => {
  const input = { transactionId: uuidv7(), amount: '1', idempotencyKey: 'x' }
  await expect(house.ask('capturePayment', input, testIdentity())).rejects.toThrow('FORBIDDEN')
  await expect(house.ask('refundPayment', { ...input, reason: 'x' }, clerk)).rejects.toThrow('FORBIDDEN')
  expect(await house.ask('capturePayment', input, support)).toMatchObject({
    kind: 'InvalidInputError',
    field: 'transactionId',
  })
  expect(await house.ask('refundPayment', { ...input, reason: '' }, support)).toMatchObject({
    field: 'reason',
  })
  const unknown = { refundId: uuidv7(), reference: 'x' }
  expect(await house.ask('confirmRefund', unknown, clerk)).toMatchObject({ kind: 'TransactionStateError' })
})
