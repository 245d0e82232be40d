import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { countStatements } from './count-statements.ts'
import { type House, openHouse, support } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const everything = `id number status chargeStatus channel placedAt expiresAt market { id } shop { code } customer { id }
  lines { id sku name optionsLabel imageUrl quantity variant { id availability(market: "FR") { quantity } } unitPrice { amount } total { amount } tax { amount } }
  subtotal { amount } shipping { amount } tax { amount } total { amount }
  shippingAddress { name lines city region postalCode country phone }
  deliveries { id status orderNumber } timeline { type message actor at }`

interface Page {
  nodes: { id: string }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

const ordersOf = (userId: string, first: number, identity: Identity, after: string | null = null) =>
  house.query<{ _entities: { orders: Page }[] }>(
    `query ($users: [_Any!]!, $first: Int, $after: String) { _entities(representations: $users) {
      ... on User { orders(first: $first, after: $after) { nodes { ${everything} } pageInfo { hasNextPage endCursor } } } } }`,
    { users: [{ __typename: 'User', id: userId }], first, after },
    identity,
  )

test('one order and fifty cost the same number of statements', async () => {
  const shopper = testIdentity()
  const variants: string[] = []
  for (let index = 0; index < 10; index++) variants.push(await house.sell({ 'PAR-DC': 20 }))
  for (let index = 0; index < 50; index++) {
    const order = await house.placed(house.orderOf(variants[index % 10] ?? ''), shopper)
    if (index % 5 === 0) await house.charge(order)
  }
  await house.settle()
  const ask = async (first: number) => {
    const response = await ordersOf(shopper.userId, first, shopper)
    expect(response.errors).toBeUndefined()
    expect(response.data._entities[0]?.orders.nodes).toHaveLength(first)
  }
  const one = await countStatements(house, () => ask(1))
  const fifty = await countStatements(house, () => ask(50))
  expect(one).toBeGreaterThan(3)
  expect(fifty).toBe(one)
}, 60_000)

test('the pages of a person hold every order once, newest first', async () => {
  const shopper = testIdentity()
  const variantId = await house.sell({ 'PAR-DC': 10 })
  const placed: string[] = []
  for (let index = 0; index < 5; index++)
    placed.unshift((await house.placed(house.orderOf(variantId), shopper)).id)
  const seen: string[] = []
  let after: string | null = null
  do {
    const page: Page | undefined = (await ordersOf(shopper.userId, 2, shopper, after)).data._entities[0]
      ?.orders
    seen.push(...(page?.nodes.map((node) => node.id) ?? []))
    after = page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null
  } while (after !== null)
  expect(seen).toEqual(placed)
})

test('an order is seen by its customer and by staff, by nobody else', async () => {
  const shopper = testIdentity()
  const order = await house.placed(house.orderOf(await house.sell({ 'PAR-DC': 1 })), shopper)
  const see = async (identity: Identity | null) =>
    house.query<{ order: { number: string } | null }>(
      `query ($id: ID!) { order(id: $id) { number } }`,
      { id: order.id },
      identity,
    )
  expect((await see(shopper)).data.order?.number).toBe(order.number)
  expect((await see(support)).data.order?.number).toBe(order.number)
  expect((await see(testIdentity({ roles: ['CLERK'] }))).data.order?.number).toBe(order.number)
  expect((await see(testIdentity())).data.order).toBeNull()
  expect((await see(testIdentity({ roles: ['COURIER'] }))).data.order).toBeNull()
  expect((await see(null)).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
  // Through the gateway somebody else's order can be reached as an entity: its fields say no.
  const entity = await house.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Order { number shippingAddress { name } } } }`,
    { r: [{ __typename: 'Order', id: order.id }] },
    testIdentity(),
  )
  expect(entity.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  expect(JSON.stringify(entity.data)).not.toContain(order.number)
  expect((await ordersOf(shopper.userId, 1, testIdentity())).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
})

test('support lists all orders by status; a shopper does not', async () => {
  const list = (identity: Identity, variables: Record<string, unknown> = {}) =>
    house.query<{ orders: { nodes: { status: string }[] } }>(
      `query ($status: OrderStatus, $first: Int, $after: String) {
        orders(status: $status, first: $first, after: $after) { nodes { status } } }`,
      variables,
      identity,
    )
  const { data } = await list(support, { status: 'UNFULFILLED', first: 100 })
  expect(new Set(data.orders.nodes.map((order) => order.status))).toEqual(new Set(['UNFULFILLED']))
  expect((await list(testIdentity())).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  for (const bad of [{ first: 0 }, { first: 101 }, { first: -1 }, { after: 'x' }, { after: 'WyJ4Il0' }]) {
    expect((await list(support, bad)).errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
  }
})

test.each(['', 'x', '\u0000', uuidv7(), "' OR 1=1 --"])('%j is no order', async (id) => {
  const { data, errors } = await house.query(
    `query ($id: ID!, $number: String!) { order(id: $id) { id } orderByNumber(number: $number) { id } }`,
    { id, number: id },
    support,
  )
  expect(errors).toBeUndefined()
  expect(data).toEqual({ order: null, orderByNumber: null })
})

test('boutiques are public, their tills are not', async () => {
  const shops = await house.query(`{ shops { code name market { id } } }`)
  expect(shops.data).toEqual({ shops: [{ code: 'PAR-01', name: 'Maison Paris', market: { id: 'FR' } }] })
  const tills = await house.query(`{ shops { registers { code } } }`, {}, testIdentity())
  expect(tills.errors).toBeDefined()
})

test('what people write in an address survives', async () => {
  const file = readFileSync(new URL('./naughty-strings.json', import.meta.url), 'utf8')
  const { strings } = JSON.parse(file) as { strings: string[] }
  const variantId = await house.sell({ 'PAR-DC': 500 })
  const shopper = testIdentity()
  for (const line of strings) {
    const shippingAddress = { name: line, lines: [line], city: 'Paris', country: 'FR', region: line }
    const answer = await house.place(house.orderOf(variantId, 1, { shippingAddress }), shopper)
    expect(answer.kind).toBe('PlaceOrderSuccess')
    const { data } = await house.query<{ order: { shippingAddress: { name: string; lines: string[] } } }>(
      `query ($id: ID!) { order(id: $id) { shippingAddress { name lines } } }`,
      { id: answer.order?.id },
      shopper,
    )
    expect(data.order.shippingAddress).toEqual({ name: line.trim(), lines: [line.trim()] })
  }
}, 60_000)
