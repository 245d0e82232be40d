import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Identity } from '#platform/auth/identity.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { countStatements } from './count-statements.ts'
import { type House, openHouse, support } from './house.ts'

let house: House
let variantId: string
const dayMs = 24 * 60 * 60_000
beforeAll(async () => {
  house = await openHouse()
  variantId = await house.sell({ 'PAR-DC': 99 })
})
afterAll(() => house.close())

interface Page {
  nodes: { number: string; placedAt: string; pieces: number; paid: { amount: string } }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

const ask = (variables: Record<string, unknown>, identity: Identity = support) =>
  house.query<{ exportOrders: Page }>(
    `query ($from: DateTime!, $to: DateTime!, $market: ID, $first: Int, $after: String) {
      exportOrders(from: $from, to: $to, market: $market, first: $first, after: $after) {
        nodes { number placedAt market channel status chargeStatus pieces subtotal { amount } shipping { amount } discount { amount }
                tax { amount } total { amount } paid { amount } refunded { amount } }
        pageInfo { hasNextPage endCursor } } }`,
    variables,
    identity,
  )

/** A day of its own with so many orders a minute apart, the first one paid. */
async function dayOf(count: number) {
  house.clock.advance(2 * dayMs)
  const from = house.clock.now()
  const numbers: string[] = []
  for (let index = 0; index < count; index++) {
    const order = await house.placed(house.orderOf(variantId))
    if (index === 0) await house.charge(order)
    numbers.push(order.number)
    house.clock.advance(60_000)
  }
  return { numbers, window: { from: from.toISOString(), to: new Date(from.getTime() + dayMs).toISOString() } }
}

test('pages hold every order of the time once, oldest first, also when orders come in between', async () => {
  const { numbers, window } = await dayOf(5)
  const seen: string[] = []
  let after: string | null = null
  do {
    const { exportOrders }: { exportOrders: Page } = (await ask({ ...window, first: 2, after })).data
    seen.push(...exportOrders.nodes.map((node) => node.number))
    after = exportOrders.pageInfo.hasNextPage ? exportOrders.pageInfo.endCursor : null
    if (seen.length === 2) numbers.push((await house.placed(house.orderOf(variantId))).number)
  } while (after !== null)
  expect(seen).toEqual(numbers)
})

test('a row says what was ordered, paid and given back, in one statement whatever the page', async () => {
  const { window } = await dayOf(6)
  const { data } = await ask({ ...window, market: 'FR' })
  expect(data.exportOrders.nodes[0]).toMatchObject({
    market: 'FR',
    channel: 'WEB',
    status: 'UNFULFILLED',
    chargeStatus: 'FULL',
    pieces: 1,
    total: { amount: '135.00' },
    paid: { amount: '135.00' },
    refunded: { amount: '0.00' },
  })
  expect(data.exportOrders.nodes[1]).toMatchObject({ paid: { amount: '0.00' } })
  expect((await ask({ ...window, market: 'US' })).data.exportOrders.nodes).toEqual([])
  expect(await countStatements(house, () => ask({ ...window, first: 1 }))).toBe(1)
  expect(await countStatements(house, () => ask({ ...window, first: 100 }))).toBe(1)
})

test('the file holds the same rows', async () => {
  const { numbers, window } = await dayOf(3)
  const get = (identity: Identity | null, query = new URLSearchParams({ ...window, market: 'FR' })) =>
    house.request(`/exports/orders.csv?${query.toString()}`, { method: 'GET', identity })
  const response = await get(testIdentity({ roles: ['EXECUTIVE'] }))
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const [head, ...rows] = (await response.text()).trimEnd().split('\r\n')
  expect(head).toMatch(/^number,placed_at,market,/)
  expect(rows.map((row) => row.split(',')[0])).toEqual(numbers)
  expect((await get(testIdentity())).status).toBe(403)
  expect((await get(null)).status).toBe(401)
  expect((await get(support, new URLSearchParams({ from: 'x', to: 'y' }))).status).toBe(400)
})

test('only staff who need the figures get them, and only for a time that makes sense', async () => {
  const { window } = await dayOf(0)
  for (const role of ['SUPPORT', 'EXECUTIVE', 'ADMIN'] as const)
    expect((await ask(window, testIdentity({ roles: [role] }))).errors).toBeUndefined()
  for (const role of ['CUSTOMER', 'CLERK', 'COURIER'] as const)
    expect((await ask(window, testIdentity({ roles: [role] }))).errors?.[0]?.extensions?.code).toBe(
      'FORBIDDEN',
    )
  for (const bad of [
    { to: window.from },
    { to: '2199-01-01T00:00:00.000Z' },
    { market: '\u0000' },
    { first: 101 },
    { after: 'x' },
  ])
    expect((await ask({ ...window, ...bad })).errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
})
