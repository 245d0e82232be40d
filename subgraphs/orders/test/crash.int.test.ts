// The connection dies at each statement of each write, once; then the client, the bus or the job comes again.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { crashEverywhere, type CrashReport } from '#platform/testing/crash-points.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { soldOrder } from './goods-out.ts'
import { type House, openHouse, placeOrderDocument, support } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

type Crash = Parameters<Parameters<typeof crashEverywhere>[1]>[0]

/** Asks until there is an answer, the first time with the crash. Returns the answer. */
async function persist(
  crash: Crash,
  document: string,
  variables: object,
  identity: Identity,
): Promise<string> {
  const requestId = uuidv7()
  const ask = async () => {
    const response = await house.request('/graphql', {
      method: 'POST',
      body: JSON.stringify({ query: document, variables }),
      identity,
      headers: { 'content-type': 'application/json', 'x-request-id': requestId },
    })
    const answer = await response.text()
    if (answer.includes('"errors"')) throw new Error(answer)
    return answer
  }
  await crash((context) => context.requestId === requestId, ask)
  return await ask()
}

/** What was written to be told of these aggregates, exactly. */
async function told(...aggregateIds: string[]): Promise<string[]> {
  const rows = await house.prisma.outboxMessage.findMany({ where: { aggregateId: { in: aggregateIds } } })
  return rows.map((row) => row.type).sort()
}

/** It was tried at the first statement, at the commit, and after the commit was done. */
function expectThorough(reports: CrashReport[], statements: number): void {
  expect(reports.length).toBeGreaterThanOrEqual(statements)
  expect(reports.map(({ sql, point }) => `${point.when} ${sql}`)).toEqual(
    expect.arrayContaining(['before BEGIN', 'after BEGIN', 'after COMMIT']),
  )
}

test('placing an order: one order, its goods held once, told once', async () => {
  const variantId = await house.sell({ 'PAR-DC': 99 })
  let orders = 0
  const reports = await crashEverywhere(house.database.pool, async (crash) => {
    const shopper = testIdentity()
    const input = house.orderOf(variantId)
    await persist(crash, placeOrderDocument, { input }, shopper)
    orders += 1
    const [order, ...others] = await house.prisma.order.findMany({ where: { customerRef: shopper.userId } })
    expect(others).toEqual([])
    expect(await house.level(variantId)).toEqual({ onHand: 99, reserved: orders, committed: 0 })
    expect(await told(order?.id ?? '')).toEqual(['order.expiry-due', 'order.placed'])
  })
  expectThorough(reports, 17)
}, 60_000)

test('a payment: confirmed once', async () => {
  const variantId = await house.sell({ 'PAR-DC': 99 })
  let paid = 0
  const reports = await crashEverywhere(house.database.pool, async (crash) => {
    const order = await house.placed(house.orderOf(variantId))
    const eventId = uuidv7()
    await crash(
      (context) => context.causationId === eventId,
      () => house.charge(order, {}, { eventId }),
    )
    paid += 1
    expect(await house.order(order.id)).toMatchObject({ status: 'UNFULFILLED', chargeStatus: 'FULL' })
    expect(await house.level(variantId)).toEqual({ onHand: 99, reserved: 0, committed: paid })
    expect(await told(order.id)).toEqual(['order.confirmed', 'order.expiry-due', 'order.placed'])
    expect(await house.prisma.delivery.count({ where: { orderId: order.id } })).toBe(1)
  })
  expectThorough(reports, 15)
}, 60_000)

test('a payment that comes late: reinstated once', async () => {
  const variantId = await house.sell({ 'PAR-DC': 99 })
  let paid = 0
  const reports = await crashEverywhere(house.database.pool, async (crash) => {
    const order = await house.placed(house.orderOf(variantId))
    house.clock.advance(16 * 60_000)
    await house.runJob('expire-orders')
    const eventId = uuidv7()
    await crash(
      (context) => context.causationId === eventId,
      () => house.charge(order, {}, { eventId }),
    )
    paid += 1
    expect(await house.order(order.id)).toMatchObject({ status: 'UNFULFILLED' })
    expect(await house.level(variantId)).toEqual({ onHand: 99, reserved: 0, committed: paid })
    expect((await told(order.id)).filter((type) => type === 'order.reinstated')).toHaveLength(1)
  })
  expectThorough(reports, 15)
}, 60_000)

test.each(['unpaid', 'paid'])(
  'calling off an order that is %s: free once, the money asked back once',
  async (how) => {
    const variantId = await house.sell({ 'PAR-DC': 99 })
    const reports = await crashEverywhere(house.database.pool, async (crash) => {
      const order = await house.placed(house.orderOf(variantId))
      await house.charge(order, how === 'paid' ? {} : { chargedMinor: '1' })
      const document = `mutation ($id: ID!) { cancelOrder(id: $id) { __typename } }`
      expect(await persist(crash, document, { id: order.id }, support)).toContain('CancelOrderSuccess')
      expect(await house.order(order.id)).toMatchObject({ status: 'CANCELED' })
      expect(await house.level(variantId)).toEqual({ onHand: 99, reserved: 0, committed: 0 })
      const after = (await told(order.id)).filter((type) => !/placed|expiry|confirmed/.test(type))
      expect(after).toEqual([
        'order.canceled',
        how === 'paid' ? 'order.refund-requested' : 'order.payment-rejected',
      ])
    })
    expectThorough(reports, 10)
  },
  60_000,
)

test('the end of a hold: free once', async () => {
  const variantId = await house.sell({ 'PAR-DC': 99 })
  const reports = await crashEverywhere(house.database.pool, async (crash) => {
    const order = await house.placed(house.orderOf(variantId))
    house.clock.advance(16 * 60_000)
    await crash(
      (context) => context.actor?.id === 'expire-orders',
      () => house.runJob('expire-orders'),
    )
    // Until the database has noticed that the other end is gone, the row is locked, and the sweep passes it over.
    const sweep = async () => {
      await house.runJob('expire-orders')
      return (await house.order(order.id)).status
    }
    await expect.poll(sweep).toBe('EXPIRED')
    expect(await house.level(variantId)).toEqual({ onHand: 99, reserved: 0, committed: 0 })
    expect(await told(order.id)).toEqual(['order.expired', 'order.expiry-due', 'order.placed'])
  })
  expectThorough(reports, 8)
}, 60_000)

test('a return, asked and received: back once, its money asked back once', async () => {
  const shopper = testIdentity()
  const order = await soldOrder(house, 99, shopper)
  let back = 0
  const ask = (crash: Crash) =>
    persist(
      crash,
      `mutation ($input: RequestReturnInput!) { requestReturn(input: $input) { ... on RequestReturnSuccess { return { id } } } }`,
      {
        input: {
          orderId: order.id,
          lines: [{ lineId: order.lineId, quantity: 1 }],
          reason: 'OTHER',
          idempotencyKey: uuidv7(),
        },
      },
      shopper,
    )
  const receive = (crash: Crash, id: string) =>
    persist(
      crash,
      `mutation ($id: ID!) { approveReturn(id: $id) { __typename } receiveReturn(input: { id: $id, isRestocked: true }) { __typename } }`,
      { id },
      support,
    )
  const calm: Crash = async (_, work) => {
    await work()
  }
  for (const shaken of ['asked', 'received']) {
    const reports = await crashEverywhere(house.database.pool, async (crash) => {
      await ask(shaken === 'asked' ? crash : calm)
      const open = await house.prisma.return.findMany({ where: { orderId: order.id, status: 'REQUESTED' } })
      expect(open).toHaveLength(1)
      await receive(shaken === 'received' ? crash : calm, open[0]?.id ?? '')
      back += 1
      expect(await house.level(order.variantId)).toEqual({ onHand: back, reserved: 0, committed: 0 })
      expect(await told(open[0]?.id ?? '')).toEqual(['return.decided', 'return.received', 'return.requested'])
      expect(await house.prisma.refundRequest.count({ where: { orderId: order.id } })).toBe(back)
    })
    expectThorough(reports, 10)
  }
  expect((await told(order.id)).filter((type) => type === 'order.refund-requested')).toHaveLength(back)
}, 60_000)
