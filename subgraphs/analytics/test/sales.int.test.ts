import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  orderCanceled,
  orderConfirmed,
  orderPlaced,
  orderReinstated,
  saleRecorded,
} from '#contracts/orders.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import type { AnalyticsDatabase } from '../data/analytics-database.ts'
import { rebuildFacts } from '../usecases/rebuild-facts.ts'
import { recordEvents } from '../usecases/record-events.ts'
import { executive, sampleOrder, sampleSale, shopper, support } from './sample-order.ts'
import { startAnalytics, type TestAnalytics } from './start-analytics.ts'

const dayMs = 86_400_000
const day = (instant: Date) => instant.toISOString().slice(0, 10)

const money = 'amount currency'
const salesQuery = `query ($from: String!, $to: String!, $currency: String, $market: ID) {
  sales(from: $from, to: $to, currency: $currency, market: $market) {
    currency currencies freshAsOf
    days { date orders units gross { ${money} } tax { ${money} } shipping { ${money} } total { ${money} } }
    total { date orders units total { ${money} } }
    byChannel { channel orders total { ${money} } }
  }
}`
const topQuery = `query ($from: String!, $to: String!, $currency: String, $first: Int) {
  topProducts(from: $from, to: $to, currency: $currency, first: $first) { product { id } name units gross { ${money} } share }
}`

interface Sums {
  orders: number
  units: number
  total: { amount: string; currency: string }
}
interface Report {
  sales: {
    currency: string
    currencies: string[]
    freshAsOf: string | null
    days: (Sums & Record<'gross' | 'tax' | 'shipping', { amount: string }> & { date: string })[]
    total: Sums & { date: string }
    byChannel: { channel: string; orders: number }[]
  }
}

let analytics: TestAnalytics
let today: string
let yesterday: string

beforeAll(async () => {
  analytics = await startAnalytics()
  today = day(analytics.clock.now())
  yesterday = day(new Date(analytics.clock.now().getTime() - dayMs))
})
afterAll(() => analytics.close())

const confirm = (order: ReturnType<typeof sampleOrder>) =>
  analytics.publish(orderConfirmed, { aggregateId: order.orderId, payload: order })

async function report(variables: Record<string, unknown> = {}): Promise<Report['sales']> {
  const { data, errors } = await analytics.query<Report>(
    salesQuery,
    { from: yesterday, to: today, ...variables },
    executive,
  )
  expect(errors).toBeUndefined()
  return data.sales
}

test('before the first event every day is there, at zero', async () => {
  const sales = await report()
  expect(sales).toMatchObject({ currency: 'EUR', currencies: [], freshAsOf: null, byChannel: [] })
  expect(sales.days.map(({ date, orders, total }) => [date, orders, total.amount])).toEqual([
    [yesterday, 0, '0.00'],
    [today, 0, '0.00'],
  ])
})

describe('with sales', () => {
  const tote = uuidv7()
  const clutch = uuidv7()

  beforeAll(async () => {
    await confirm(sampleOrder({ productId: tote, quantity: 2 }))
    await confirm(
      sampleOrder({ productId: clutch, name: 'Clutch', marketId: 'DE', unitMinor: 9_007_199_254_740_993n }),
    )
    const cash = sampleSale(
      sampleOrder({ productId: tote, name: 'Tote, new name', shippingMinor: '0', totalMinor: '10000' }),
      `${yesterday}T23:59:59.999Z`,
    )
    await analytics.publish(saleRecorded, { aggregateId: cash.orderId, payload: cash })
    const tokyo = sampleOrder({ currency: 'JPY', marketId: 'JP', unitMinor: 50_000n })
    await analytics.publish(orderReinstated, { aggregateId: tokyo.orderId, payload: tokyo })
    const unpaid = sampleOrder({})
    await analytics.publish(orderPlaced, {
      aggregateId: unpaid.orderId,
      payload: { ...unpaid, expiresAt: new Date().toISOString(), cartId: null },
    })
    await analytics.publish(orderCanceled, { aggregateId: unpaid.orderId, payload: unpaid })
  })

  test('paid orders and cash sales are summed per day and channel, exactly, in one currency', async () => {
    const sales = await report()
    expect(sales.currency).toBe('EUR')
    expect(sales.currencies).toEqual(['EUR', 'JPY'])
    expect(sales.days).toMatchObject([
      { date: yesterday, orders: 1, units: 1, total: { amount: '100.00', currency: 'EUR' } },
      {
        date: today,
        orders: 2,
        units: 3,
        gross: { amount: '90071992547609.93' },
        shipping: { amount: '30.00' },
        total: { amount: '90071992547639.93' },
      },
    ])
    expect(sales.total).toMatchObject({ date: yesterday, orders: 3, units: 4 })
    expect(sales.byChannel.map(({ channel, orders }) => [channel, orders])).toEqual([
      ['WEB', 2],
      ['POS', 1],
    ])
    expect(sales.freshAsOf).toBe(analytics.clock.now().toISOString())
  })

  test('another currency, and a market', async () => {
    const yen = await report({ currency: 'JPY' })
    expect(yen.total).toMatchObject({ orders: 1, total: { amount: '51500', currency: 'JPY' } })
    expect((await report({ market: 'DE' })).total.orders).toBe(1)
    expect((await report({ market: 'GB' })).total.orders).toBe(0)
  })

  test('top products with their share, by the name they were last sold under', async () => {
    const first = sampleOrder({
      productId: clutch,
      currency: 'GBP',
      marketId: 'GB',
      name: 'Clutch',
      quantity: 3,
    })
    const second = sampleOrder({ productId: tote, currency: 'GBP', marketId: 'GB', name: 'Old name' })
    await confirm(first)
    await confirm(second)
    analytics.clock.advance(1)
    await confirm(sampleOrder({ productId: tote, currency: 'GBP', marketId: 'GB', name: 'New name' }))
    const variables = { from: yesterday, to: today, currency: 'GBP' }
    const { data } = await analytics.query(topQuery, variables, executive)
    expect(data.topProducts).toEqual([
      {
        product: { id: clutch },
        name: 'Clutch',
        units: 3,
        gross: { amount: '300.00', currency: 'GBP' },
        share: 0.6,
      },
      {
        product: { id: tote },
        name: 'New name',
        units: 2,
        gross: { amount: '200.00', currency: 'GBP' },
        share: 0.4,
      },
    ])
    const one = await analytics.query(topQuery, { ...variables, first: 1 }, executive)
    expect(one.data.topProducts).toMatchObject([{ product: { id: clutch }, share: 0.6 }])
  })

  test('an event told twice, and a second telling of a sale, count once', async () => {
    const before = (await report()).total.orders
    const order = sampleOrder()
    const event = await confirm(order)
    await analytics.publish(orderConfirmed, {
      aggregateId: order.orderId,
      payload: order,
      eventId: event.eventId,
      sequence: event.sequence,
    })
    await analytics.publish(orderReinstated, { aggregateId: order.orderId, payload: order })
    expect((await report()).total.orders).toBe(before + 1)
  })

  test('of two tellings the one that happened first counts, whichever came first', async () => {
    const before = await report()
    const order = sampleOrder({ unitMinor: 700n })
    await confirm(order)
    const earlier = sampleSale(order, `${yesterday}T10:00:00.000Z`)
    await analytics.publish(saleRecorded, { aggregateId: order.orderId, payload: earlier })
    const after = await report()
    expect(after.days.map(({ orders }) => orders)).toEqual([
      (before.days[0]?.orders ?? 0) + 1,
      before.days[1]?.orders,
    ])
  })

  test('figures made again from the log are the same, and repair what was wrong', async () => {
    const before = [await report(), await report({ currency: 'JPY' }), await report({ currency: 'GBP' })]
    const { pool } = analytics.database
    await pool.query('UPDATE daily_sales SET orders = 99, total_minor = 1')
    await pool.query("DELETE FROM fact_orders WHERE currency = 'JPY'")
    expect((await report()).total.orders).not.toBe(before[0]?.total.orders)
    await analytics.runJob('rebuild-facts')
    expect([await report(), await report({ currency: 'JPY' }), await report({ currency: 'GBP' })]).toEqual(
      before,
    )
    await analytics.runJob('rebuild-facts')
    expect(await report()).toEqual(before[0])
  })

  test('an event under way while the figures are made again counts, once', async () => {
    const before = await report()
    const database = analytics.database as AnalyticsDatabase
    const order = sampleOrder()
    const event = await confirm(order)
    const isWritten = Promise.withResolvers<undefined>()
    const mayCommit = Promise.withResolvers<undefined>()
    const underWay = database.transact(async (tx) => {
      const payload = sampleSale(order, `${yesterday}T10:00:00.000Z`)
      await recordEvents(tx, [{ ...event, eventId: uuidv7(), type: saleRecorded.type, payload }])
      isWritten.resolve(undefined)
      await mayCommit.promise
    })
    await isWritten.promise
    const rebuilt = rebuildFacts(database)
    const waiting = `SELECT count(*)::int AS n FROM pg_locks JOIN pg_database d ON d.oid = database
      WHERE NOT granted AND d.datname = current_database()`
    await expect
      .poll(async () => (await database.pool.query<{ n: number }>(waiting)).rows[0]?.n)
      .toBeGreaterThan(0)
    mayCommit.resolve(undefined)
    await Promise.all([underWay, rebuilt])
    const after = await report()
    expect(after.days.map(({ orders }) => orders)).toEqual([
      (before.days[0]?.orders ?? 0) + 1,
      before.days[1]?.orders,
    ])
  })

  test('sales told while the figures are made again are neither lost nor counted twice', async () => {
    const before = (await report()).total.orders
    const orders = Array.from({ length: 40 }, () => sampleOrder())
    await Promise.all([
      ...orders.map(confirm),
      analytics.runJob('rebuild-facts'),
      ...orders.map((order) =>
        analytics.publish(orderReinstated, { aggregateId: order.orderId, payload: order }),
      ),
    ])
    expect((await report()).total.orders).toBe(before + 40)
    await analytics.runJob('rebuild-facts')
    expect((await report()).total.orders).toBe(before + 40)
  })
})

test.each([
  [{ from: '2026-02-30', to: '2026-03-01' }, 'from'],
  [{ from: 'yesterday', to: '2026-03-01' }, 'from'],
  [{ from: '2026-03-01', to: '\0' }, 'to'],
  [{ from: '2026-03-02', to: '2026-03-01' }, 'to'],
  [{ from: '2025-01-01', to: '2026-02-05' }, 'to'],
  [{ from: '2026-03-01', to: '2026-03-01', currency: 'XXQ' }, 'currency'],
  [{ from: '2026-03-01', to: '2026-03-01', market: "FR' OR 1=1" }, 'market'],
])('a report of %j is refused with the argument', async (variables, argument) => {
  const { errors } = await analytics.query(salesQuery, variables, executive)
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument })
})

test('400 days are a report', async () => {
  expect((await report({ from: '2025-01-01', to: '2026-02-04' })).days).toHaveLength(400)
})

test('only who reads the house’s figures may', async () => {
  const variables = { from: yesterday, to: today }
  for (const identity of [shopper, support]) {
    const { errors } = await analytics.query(salesQuery, variables, identity)
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  }
  const { errors } = await analytics.query(topQuery, variables)
  expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
})
