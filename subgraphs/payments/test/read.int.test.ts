import { afterAll, beforeAll, expect, test } from 'vitest'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import type { Identity } from '#platform/auth/identity.ts'
import { type House, openHouse, type Order, support } from './house.ts'

let house: House
const failed: Order[] = []

beforeAll(async () => {
  house = await openHouse()
  for (let count = 0; count < 5; count++) {
    const order = await house.placeOrder()
    await house.pay(order, '4000000000009995')
    failed.push(order)
  }
  await house.settle()
})
afterAll(async () => {
  await house.close()
})

interface Page {
  nodes: { id: string; orderNumber: string; failureCode: string; failureReason: string }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

const failedDocument = `query ($first: Int, $after: String) { failedPayments(first: $first, after: $after) {
  nodes { id orderNumber failureCode failureReason } pageInfo { hasNextPage endCursor } } }`

async function failedPage(after: string | null): Promise<Page> {
  const variables = { first: 2, after }
  return (await house.query<{ failedPayments: Page }>(failedDocument, variables, support)).data.failedPayments
}

test('support pages through failed payments, newest first, with the reason', async () => {
  const seen: string[] = []
  let after: string | null = null
  for (let page = 0; page < 3; page++) {
    const { nodes, pageInfo } = await failedPage(after)
    seen.push(...nodes.map(({ orderNumber }) => orderNumber))
    expect(nodes[0]).toMatchObject({
      failureCode: 'insufficient_funds',
      failureReason: 'The card has insufficient funds.',
    })
    expect(pageInfo.hasNextPage).toBe(page < 2)
    after = pageInfo.endCursor
  }
  expect(seen).toEqual(failed.map(({ number }) => number).reverse())
})

test.each([
  { first: 0 },
  { first: 101 },
  { after: 'x' },
  { after: Buffer.from('["x"]').toString('base64url') },
])('a page of %j is bad input', async (args) => {
  const { errors } = await house.query(failedDocument, args, support)
  expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
})

interface CasePage {
  nodes: { detail: string }[]
  pageInfo: Page['pageInfo']
}

const casesDocument = `query ($after: String) { paymentCases(first: 2, after: $after) {
  nodes { kind detail closedAt transaction { orderNumber } } pageInfo { hasNextPage endCursor } } }`

async function casePage(after: string | null): Promise<CasePage> {
  return (await house.query<{ paymentCases: CasePage }>(casesDocument, { after }, support)).data.paymentCases
}

test('anybody is told who takes the card', async () => {
  const { data } = await house.query('{ paymentProvider { name publishableKey } }')
  expect(data).toEqual({ paymentProvider: { name: 'sandbox', publishableKey: null } })
})

test('support pages through cases, open ones first', async () => {
  const transactions = await house.prisma.transaction.findMany({ take: 5, orderBy: { id: 'asc' } })
  const now = house.clock.now()
  await house.prisma.paymentCase.createMany({
    data: transactions.map(({ id }, index) => ({
      id: uuidv7(),
      kind: 'AMOUNT_MISMATCH' as const,
      transactionId: id,
      detail: String(index),
      openedAt: now,
      closedAt: index % 2 === 0 ? now : null,
    })),
  })
  const seen: string[] = []
  let after: string | null = null
  for (let page = 0; page < 3; page++) {
    const { nodes, pageInfo } = await casePage(after)
    seen.push(...nodes.map(({ detail }) => detail))
    after = pageInfo.endCursor
    expect(pageInfo.hasNextPage).toBe(page < 2)
  }
  expect(seen).toEqual(['3', '1', '4', '2', '0'])
})

test('a transaction is seen by its owner and by support, and is null for others', async () => {
  const [order] = failed
  const [transaction] = await house.transactionsOf(order!)
  const ask = async (identity: Identity, id = transaction!.id) => {
    const { data } = await house.query(
      `query ($id: ID!) { transaction(id: $id) { id order { id } events { type amount { currency } } } }`,
      { id },
      identity,
    )
    return data.transaction
  }
  expect(await ask(order!.shopper)).toMatchObject({
    order: { id: order!.orderId },
    events: [{ type: 'CHARGE_REQUEST' }, { type: 'CHARGE_FAILURE' }],
  })
  expect(await ask(support)).not.toBeNull()
  expect(await ask(testIdentity())).toBeNull()
  expect(await ask(support, 'x')).toBeNull()
  expect(await ask(support, uuidv7())).toBeNull()
})

const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Order { id transactions { id status amount { amount } events { type } } } } }`

const ofOrders = (orders: readonly { orderId: string }[]) => ({
  representations: orders.map(({ orderId }) => ({ __typename: 'Order', id: orderId })),
})

test('the transactions of an order belong to who placed it', async () => {
  const [order] = failed
  const own = await house.query(entities, ofOrders([order!]), order!.shopper)
  expect(own.data._entities).toMatchObject([{ transactions: [{ status: 'FAILED' }] }])
  const foreign = await house.query(entities, ofOrders([order!]), testIdentity())
  expect(foreign.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
})

test('an order that payments has not heard of, or that is none, has no transactions', async () => {
  const { data } = await house.query(
    entities,
    ofOrders([{ orderId: uuidv7() }, { orderId: 'x' }]),
    testIdentity(),
  )
  expect(data._entities).toMatchObject([{ transactions: [] }, { transactions: [] }])
})

test('the number of statements does not depend on the number of orders', async () => {
  const one = await countStatements(failed.slice(0, 1))
  expect(one).toBe(3)
  expect(await countStatements(failed)).toBe(one)
})

/** Statements that read what the operation asks for: the relay and the jobs go on meanwhile. */
async function countStatements(orders: Order[]): Promise<number> {
  const { pool } = house.database
  const query = pool.query.bind(pool) as (...args: unknown[]) => unknown
  const read: string[] = []
  Object.assign(pool, {
    query: (...args: unknown[]) => {
      const [first] = args
      const text = typeof first === 'string' ? first : (first as { text: string }).text
      if (/^SELECT .*"(payable_orders|transactions|transaction_events)"/s.test(text)) read.push(text)
      return query(...args)
    },
  })
  try {
    const { errors } = await house.query(entities, ofOrders(orders), support)
    expect(errors).toBeUndefined()
  } finally {
    Object.assign(pool, { query })
  }
  return read.length
}
