import { afterAll, beforeAll, expect, test } from 'vitest'
import { productArchived, productChanged, stockCountImported } from '#contracts/catalog.ts'
import { stockChanged } from '#contracts/orders.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { countStatements } from './count-statements.ts'
import { type House, openHouse } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

interface Quote {
  lines: { variant: { id: string }; quantity: number; total: { minorUnits: string } }[]
  subtotal: { minorUnits: string }
  shipping: { minorUnits: string }
  tax: { minorUnits: string }
  total: { minorUnits: string }
  taxIncluded: boolean
  problems: { code: string; available: number; variant: { id: string } }[]
}

function cartOf(lines: [variantId: string, quantity: unknown][], market: unknown = { id: 'FR' }) {
  return {
    __typename: 'Cart',
    id: uuidv7(),
    market,
    lines: lines.map(([id, quantity]) => ({ id: uuidv7(), quantity, variant: { id } })),
  }
}

const ask = (cart: unknown, country: string | null = null) =>
  house.query<{ _entities: { quote: Quote | null }[] }>(
    `query ($carts: [_Any!]!, $country: String) { _entities(representations: $carts) { ... on Cart { quote(country: $country) {
      lines { variant { id } quantity unitPrice { amount } total { minorUnits } } taxIncluded
      subtotal { minorUnits } shipping { minorUnits } tax { minorUnits } total { minorUnits }
      problems { variant { id } code available } } } } }`,
    { carts: [cart], country },
  )
const quote = async (cart: unknown, country: string | null = null) =>
  (await ask(cart, country)).data._entities[0]?.quote

test('the quote of a cart is what placing its order costs', async () => {
  const a = await house.sell({ 'PAR-DC': 5 })
  const b = await house.sell({ 'PAR-DC': 5 })
  const quoted = await quote(
    cartOf([
      [a, 2],
      [b, 1],
      [a, 1],
    ]),
  )
  expect(quoted).toMatchObject({
    lines: [
      { variant: { id: a }, quantity: 3, total: { minorUnits: '36000' } },
      { variant: { id: b }, quantity: 1 },
    ],
    subtotal: { minorUnits: '48000' },
    shipping: { minorUnits: '1500' },
    tax: { minorUnits: '8250' },
    taxIncluded: true,
    problems: [],
  })
  const lines = [a, b].map((variantId, index) => ({ variantId, quantity: index === 0 ? 3 : 1 }))
  const input = house.orderOf(a, 1, { lines, expectedTotal: quoted?.total.minorUnits })
  expect(await house.place(input)).toMatchObject({ kind: 'PlaceOrderSuccess' })
})

test('a cart of one line and one of thirty cost the same number of statements', async () => {
  const variants: string[] = []
  for (let index = 0; index < 30; index++) variants.push(await house.sell({ 'PAR-DC': 5 }))
  await house.settle()
  const ask = async (size: number) => {
    const quoted = await quote(cartOf(variants.slice(0, size).map((variantId) => [variantId, 1])))
    expect(quoted?.lines).toHaveLength(size)
  }
  const one = await countStatements(house, () => ask(1))
  expect(one).toBeGreaterThan(2)
  expect(await countStatements(house, () => ask(30))).toBe(one)
})

test('an empty cart has no quote', async () => {
  expect(await quote(cartOf([]))).toBeNull()
})

test('what cannot be bought is named with its reason', async () => {
  const few = await house.sell({ 'PAR-DC': 2 })
  const unknown = uuidv7()
  expect(
    await quote(
      cartOf([
        [few, 3],
        [unknown, 1],
        ['no-id', 1],
      ]),
    ),
  ).toMatchObject({
    lines: [{ variant: { id: few } }],
    problems: [
      { variant: { id: few }, code: 'OUT_OF_STOCK', available: 2 },
      { variant: { id: unknown }, code: 'NOT_SOLD_HERE' },
      { variant: { id: 'no-id' }, code: 'NOT_SOLD_HERE' },
    ],
  })
})

test('an archived product is no longer sold, and an event from before does not bring it back', async () => {
  const variantId = await house.sell({ 'PAR-DC': 2 })
  const sold = await house.prisma.sellable.findUniqueOrThrow({ where: { variantId } })
  const payload = {
    productId: sold.productId,
    slug: 'bag',
    status: 'ACTIVE' as const,
    names: { en: 'Bag' },
    category: 'bags',
    taxCategory: 'standard',
    collectionIds: [],
    variants: [],
  }
  await house.publish(productArchived, { aggregateId: sold.productId, payload, sequence: 5 })
  await house.publish(productChanged, {
    aggregateId: sold.productId,
    sequence: 4,
    payload: { ...payload, variants: [] },
  })
  expect(await quote(cartOf([[variantId, 1]]))).toMatchObject({ problems: [{ code: 'NOT_SOLD_HERE' }] })
  expect(await availability(variantId, 'FR')).toEqual({ inStock: false, quantity: 0, isLow: false })
})

test.each<[string, unknown]>([
  ['101 lines', cartOf(Array.from({ length: 101 }, () => [uuidv7(), 1]))],
  ['a quantity below 1', cartOf([[uuidv7(), 0]])],
  ['a quantity that is text', cartOf([[uuidv7(), '1']])],
  ['no market', cartOf([[uuidv7(), 1]], null)],
  ['lines that are none', { ...cartOf([]), lines: { length: 3 } }],
])('a cart with %s is not quoted', async (_, cart) => {
  expect((await ask(cart)).errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
})

test('a country of another market, and a market nobody knows', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  expect((await ask(cartOf([[variantId, 1]]), 'JP')).errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
  const elsewhere = await ask(cartOf([[variantId, 1]], { id: '\u0000' }))
  expect(elsewhere.errors?.[0]?.extensions?.code).toBe('UNAVAILABLE')
})

async function availability(id: string, market: string) {
  const { data } = await house.query<{ _entities: { availability: unknown }[] }>(
    `query ($r: [_Any!]!, $market: ID!) { _entities(representations: $r) {
      ... on ProductVariant { availability(market: $market) { inStock quantity isLow } } } }`,
    { r: [{ __typename: 'ProductVariant', id }], market },
  )
  return data._entities[0]?.availability
}

test('availability is by market, never told beyond ten, and zero for what nobody knows', async () => {
  const variantId = await house.sell({ 'PAR-DC': 2, 'LYO-DC': 40 })
  expect(await availability(variantId, 'FR')).toEqual({ inStock: true, quantity: 10, isLow: false })
  expect(await availability(variantId, 'US')).toEqual({ inStock: true, quantity: 2, isLow: true })
  for (const [id, market] of [
    [variantId, 'XX'],
    [variantId, '\u0000'],
    ['x', 'FR'],
    [uuidv7(), 'FR'],
  ] as const) {
    expect(await availability(id, market)).toEqual({ inStock: false, quantity: 0, isLow: false })
  }
})

function count(variantId: string, onHand: number, warehouseCode: string | null = null) {
  return house.publish(stockCountImported, {
    aggregateId: variantId,
    payload: { importJobId: uuidv7(), variantId, sku: 'S', warehouseCode, marketId: 'FR', onHand },
  })
}

test('a count books the difference and tells what can be bought', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5 })
  await count(variantId, 8)
  await count(variantId, 3)
  await count(variantId, 4, 'LYO-DC')
  await house.settle()
  expect(await house.level(variantId)).toMatchObject({ onHand: 7 })
  const moves = await house.prisma.stockMovement.findMany({ where: { variantId }, orderBy: { id: 'asc' } })
  expect(moves.map((move) => move.quantity)).toEqual([5, 3, -5, 4])
  const stock = house.published(stockChanged).filter((event) => event.payload.variantId === variantId)
  expect(stock.map((event) => event.payload.markets[0]?.available)).toEqual([5, 8, 3, 7])
})

test('a count never takes what customers hold', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5 })
  await house.placed(house.orderOf(variantId, 3))
  await count(variantId, 1)
  expect(await house.level(variantId)).toEqual({ onHand: 3, reserved: 3, committed: 0 })
})

test('a count for a warehouse nobody knows becomes a dead letter', async () => {
  await count(uuidv7(), 1, 'MOON')
  const letters = await house.parts.bus.deadLetters.list({ limit: 10, queue: 'orders.stock-counted' })
  expect(letters[0]?.error).toContain('MOON')
})
