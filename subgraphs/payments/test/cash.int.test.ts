import { afterAll, beforeAll, expect, test } from 'vitest'
import { cashSessionClosed, cashSessionOpened, paymentCharged } from '#contracts/payments.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { clerk, type House, openHouse } from './house.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

const fields = `id registerId openedAt closedAt float { amount } expected { amount } counted { amount } difference { amount }`

interface Answer {
  kind: string
  field?: string
  cashSession?: Record<string, unknown> & { id: string }
}

async function open(input: Record<string, unknown>, identity = clerk): Promise<Answer> {
  const { data, errors } = await house.query<{ startCashSession: Answer }>(
    `mutation ($input: StartCashSessionInput!) { startCashSession(input: $input) { kind: __typename
       ... on InvalidInputError { field } ... on CashSessionSuccess { cashSession { ${fields} } } } }`,
    { input },
    identity,
  )
  if (errors) throw new Error(JSON.stringify(errors))
  return data.startCashSession
}

async function close(id: string, counted: string): Promise<Answer> {
  const { data } = await house.query<{ closeCashSession: Answer }>(
    `mutation ($input: CloseCashSessionInput!) { closeCashSession(input: $input) { kind: __typename
       ... on InvalidInputError { field } ... on CashSessionSuccess { cashSession { ${fields} } } } }`,
    { input: { id, counted } },
    clerk,
  )
  return data.closeCashSession
}

const newTill = () => ({ registerId: uuidv7(), currency: 'EUR', float: '20000' })

test('a drawer is opened, takes cash, is counted and closed', async () => {
  const till = newTill()
  const { cashSession } = await open(till)
  expect(cashSession).toMatchObject({
    float: { amount: '200.00' },
    expected: { amount: '200.00' },
    counted: null,
  })
  const order = await house.recordSale(till.registerId, [
    { kind: 'CASH', amountMinor: '5000' },
    { kind: 'TERMINAL', amountMinor: '7000' },
  ])
  expect(
    (await house.transactionsOf(order)).map(({ kind, status, chargedMinor }) => [kind, status, chargedMinor]),
  ).toEqual([
    ['CASH', 'CHARGED', 5_000n],
    ['TERMINAL', 'CHARGED', 7_000n],
  ])
  expect(
    house.published(paymentCharged).filter(({ payload }) => payload.orderId === order.orderId),
  ).toHaveLength(2)
  const closed = await close(cashSession!.id, '24900')
  expect(closed).toMatchObject({
    kind: 'CashSessionSuccess',
    cashSession: {
      expected: { amount: '250.00' },
      counted: { amount: '249.00' },
      difference: { amount: '-1.00' },
    },
  })
  await house.settle()
  const ofTill = ({ payload }: { payload: { registerId: string } }) => payload.registerId === till.registerId
  expect(house.published(cashSessionOpened).filter(ofTill)).toHaveLength(1)
  expect(house.published(cashSessionClosed).filter(ofTill)[0]?.payload).toMatchObject({
    expectedMinor: '25000',
    countedMinor: '24900',
  })
  expect(await close(cashSession!.id, '24900')).toEqual({ kind: 'CashSessionNotOpenError' })
})

test('opening it again, or ten at once, returns the open one', async () => {
  const till = newTill()
  const opened = await Promise.all(Array.from({ length: 10 }, () => open(till)))
  expect(new Set(opened.map(({ cashSession }) => cashSession?.id)).size).toBe(1)
})

test('a sale with no drawer open opens one without a float; a repeated event is booked once', async () => {
  const { registerId } = newTill()
  const eventId = uuidv7()
  const tender = { kind: 'CASH' as const, amountMinor: '5000' }
  await house.recordSale(registerId, [tender], { eventId })
  await house.recordSale(registerId, [tender], { eventId })
  const { data } = await house.query(
    `query ($id: ID!) { openCashSession(registerId: $id) { float { amount } expected { amount } } }`,
    { id: registerId },
    clerk,
  )
  expect(data.openCashSession).toEqual({ float: { amount: '0.00' }, expected: { amount: '50.00' } })
})

test('cash of another currency than the drawer is booked, and a case says so', async () => {
  const till = newTill()
  await open(till)
  const order = await house.recordSale(till.registerId, [{ kind: 'CASH', amountMinor: '5000' }], {
    currency: 'JPY',
  })
  const [transaction] = await house.transactionsOf(order)
  expect(transaction).toMatchObject({ status: 'CHARGED', currency: 'JPY' })
  expect(
    await house.prisma.paymentCase.findMany({ where: { transactionId: transaction!.id } }),
  ).toMatchObject([{ kind: 'AMOUNT_MISMATCH' }])
})

test.each([
  [{ registerId: 'x' }, 'registerId'],
  [{ currency: 'EURO' }, 'currency'],
  [{ float: '-1' }, 'float'],
  [{ float: '9223372036854775807' }, 'float'],
])('a drawer with %j is not opened', async (change, field) => {
  expect(await open({ ...newTill(), ...change })).toEqual({ kind: 'InvalidInputError', field })
})

test('an unknown session, and a negative count, close nothing', async () => {
  expect(await close('x', '1')).toEqual({ kind: 'CashSessionNotOpenError' })
  expect(await close(uuidv7(), '1')).toEqual({ kind: 'CashSessionNotOpenError' })
  expect(await close(uuidv7(), '-1')).toEqual({ kind: 'InvalidInputError', field: 'counted' })
})

test('shoppers have no drawers', async () => {
  await expect(open(newTill(), testIdentity())).rejects.toThrow('FORBIDDEN')
})

async function carry(
  registerId: string,
  kind: string,
  amount: string,
  change: object = {},
  identity = clerk,
) {
  const input = { registerId, kind, amount, reason: 'To the safe.', idempotencyKey: uuidv7(), ...change }
  return await house.ask(
    'recordCashMovement',
    input,
    identity,
    `... on CashSessionSuccess { cashSession { ${fields} } }`,
  )
}

test('what is fetched and brought is expected, once per key', async () => {
  const till = newTill()
  const { cashSession } = await open(till)
  const idempotencyKey = uuidv7()
  await carry(till.registerId, 'DROP', '15000', { idempotencyKey })
  await carry(till.registerId, 'DROP', '15000', { idempotencyKey })
  expect(await carry(till.registerId, 'PAYIN', '1000')).toMatchObject({
    cashSession: { expected: { amount: '60.00' } },
  })
  expect(await close(cashSession!.id, '6000')).toMatchObject({
    cashSession: { difference: { amount: '0.00' } },
  })
  expect(await carry(till.registerId, 'DROP', '1')).toMatchObject({ kind: 'CashSessionNotOpenError' })
  expect(await carry(till.registerId, 'SALE', '1')).toMatchObject({
    kind: 'InvalidInputError',
    field: 'kind',
  })
})

test('who works in one shop has no drawer of another, once its till has sold', async () => {
  const till = newTill()
  await house.recordSale(till.registerId, [{ kind: 'CASH', amountMinor: '100' }], { shopId: 'paris' })
  const stranger = testIdentity({ roles: ['CLERK'], shopIds: ['lyon'] })
  await expect(carry(till.registerId, 'PAYIN', '1', {}, stranger)).rejects.toThrow('FORBIDDEN')
  await expect(open(till, stranger)).rejects.toThrow('FORBIDDEN')
  const colleague = testIdentity({ roles: ['CLERK'], shopIds: ['paris'] })
  expect(await carry(till.registerId, 'PAYIN', '1', {}, colleague)).toMatchObject({
    kind: 'CashSessionSuccess',
  })
})
