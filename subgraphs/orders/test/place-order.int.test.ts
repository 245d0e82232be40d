import { jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderExpiryDue, orderPlaced, stockChanged } from '#contracts/orders.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { type House, openHouse, placeOrderDocument, ticketSecret } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

test('an order holds its goods and gives a ticket to pay with', async () => {
  const variantId = await house.sell({ 'PAR-DC': 2, 'LYO-DC': 5 })
  const shopper = testIdentity({ roles: ['GUEST'] })
  const cartId = uuidv7()
  const { kind, order, paymentTicket } = await house.place(house.orderOf(variantId, 3, { cartId }), shopper)
  expect(kind).toBe('PlaceOrderSuccess')
  expect(order).toMatchObject({ status: 'UNCONFIRMED', total: { minorUnits: '37500' } })
  expect(order?.number).toMatch(/^FR-1\d{5}$/)
  expect(order?.expiresAt).toBe(new Date(house.clock.now().getTime() + 15 * 60_000).toISOString())
  // The nearest warehouse that has all three sends them, rather than two in two parcels.
  expect(await house.level(variantId)).toEqual({ onHand: 7, reserved: 3, committed: 0 })

  const { payload } = await jwtVerify(paymentTicket ?? '', new TextEncoder().encode(ticketSecret))
  expect(payload).toEqual({
    orderId: order?.id,
    orderNumber: order?.number,
    customerRef: shopper.userId,
    currency: 'EUR',
    amountMinor: '37500',
    exp: Math.floor(new Date(order?.expiresAt ?? 0).getTime() / 1000),
  })

  await house.settle()
  const told = house.published(orderPlaced).find((event) => event.payload.orderId === order?.id)
  expect(told).toMatchObject({
    market: 'FR',
    payload: {
      cartId,
      customerRef: shopper.userId,
      lines: [{ name: 'Sac', quantity: 3, totalMinor: '36000' }],
    },
  })
  expect(JSON.stringify(told)).not.toContain('rue X')
  const [stock] = house
    .published(stockChanged)
    .filter((event) => event.payload.variantId === variantId)
    .slice(-1)
  expect(stock?.payload.markets).toEqual([
    { marketId: 'FR', available: 4 },
    { marketId: 'US', available: 2 },
  ])
  const [hint] = await house.prisma.outboxMessage.findMany({
    where: { type: orderExpiryDue.type, aggregateId: order?.id ?? '' },
  })
  expect(hint?.delayMs).toBe(900_500)
})

test('where prices exclude tax it comes on top', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const { order } = await house.place(
    house.orderOf(variantId, 1, {
      market: 'US',
      shippingAddress: {
        name: 'A',
        lines: ['1 Main'],
        city: 'NY',
        region: 'NY',
        postalCode: '10001',
        country: 'US',
      },
      expectedTotal: String(10_000 + 888 + 2000 + 178),
    }),
  )
  expect(order?.number).toMatch(/^US-/)
})

test('a repeated key returns the first order', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5 })
  const shopper = testIdentity()
  const input = house.orderOf(variantId)
  const first = await house.place(input, shopper)
  expect(await house.place(input, shopper)).toEqual(first)
  expect(await house.level(variantId)).toMatchObject({ reserved: 1 })
})

test('the same key twenty times at once gives one order', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5 })
  const shopper = testIdentity()
  const input = house.orderOf(variantId)
  const answers = await Promise.all(Array.from({ length: 20 }, () => house.place(input, shopper)))
  expect(new Set(answers.map((answer) => answer.order?.id)).size).toBe(1)
  expect(await house.level(variantId)).toMatchObject({ reserved: 1 })
})

test('a key used for something else is refused, and nobody gets the order of another by its key', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5 })
  const shopper = testIdentity()
  const input = house.orderOf(variantId)
  const mine = await house.placed(input, shopper)
  const other = house.orderOf(variantId, 2, { idempotencyKey: input.idempotencyKey })
  const response = await house.query(placeOrderDocument, { input: other }, shopper)
  expect(response.errors?.[0]?.extensions?.code).toBe('IDEMPOTENCY_KEY_REUSED')
  expect((await house.placed(input, testIdentity())).id).not.toBe(mine.id)
})

test('two hundred buyers for ten pieces: exactly ten orders', async () => {
  const variantId = await house.sell({ 'PAR-DC': 6, 'LYO-DC': 4 })
  const answers = await Promise.all(Array.from({ length: 200 }, () => house.place(house.orderOf(variantId))))
  const count = (kind: string) => answers.filter((answer) => answer.kind === kind).length
  expect([count('PlaceOrderSuccess'), count('OutOfStockError')]).toEqual([10, 190])
  expect(await house.level(variantId)).toEqual({ onHand: 10, reserved: 10, committed: 0 })
  const numbers = answers.flatMap((answer) => answer.order?.number ?? [])
  expect(new Set(numbers).size).toBe(10)
}, 60_000)

test('orders that want the same pieces in another order never lock each other out', async () => {
  const a = await house.sell({ 'PAR-DC': 30, 'LYO-DC': 30 })
  const b = await house.sell({ 'PAR-DC': 30, 'LYO-DC': 30 })
  const lines = (...ids: string[]) => ids.map((variantId) => ({ variantId, quantity: 1 }))
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      house.place(house.orderOf(a, 2, { lines: index % 2 === 0 ? lines(a, b) : lines(b, a) })),
    ),
  )
  expect(answers.every((answer) => answer.kind === 'PlaceOrderSuccess')).toBe(true)
})

test('too few pieces: told which and how many, nothing held, and the key can be tried again', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1, 'LYO-DC': 1 })
  const shopper = testIdentity()
  const input = house.orderOf(variantId, 3)
  expect(await house.place(input, shopper)).toMatchObject({
    kind: 'OutOfStockError',
    lines: [{ variant: { id: variantId }, available: 2 }],
  })
  expect(await house.level(variantId)).toMatchObject({ reserved: 0 })
  await house.receive('PAR-DC', variantId, 1)
  expect(await house.place(input, shopper)).toMatchObject({ kind: 'PlaceOrderSuccess' })
})

test('one line that is short leaves the others untouched', async () => {
  const enough = await house.sell({ 'PAR-DC': 5 })
  const short = await house.sell({})
  const lines = [enough, short].map((variantId) => ({ variantId, quantity: 1 }))
  expect(await house.place(house.orderOf(enough, 2, { lines }))).toMatchObject({ kind: 'OutOfStockError' })
  expect(await house.level(enough)).toMatchObject({ reserved: 0 })
})

test('an earlier unpaid order of the shopper does not stop the shopper', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const shopper = testIdentity()
  const first = await house.placed(house.orderOf(variantId), shopper)
  expect((await house.place(house.orderOf(variantId))).kind).toBe('OutOfStockError')
  const second = await house.place(house.orderOf(variantId), shopper)
  expect(second.kind).toBe('PlaceOrderSuccess')
  expect(await house.order(first.id)).toMatchObject({ status: 'CANCELED' })
  expect(await house.level(variantId)).toMatchObject({ reserved: 1 })
})

test('another total than the shopper saw is told, not charged', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  expect(await house.place(house.orderOf(variantId, 1, { expectedTotal: '100' }))).toMatchObject({
    kind: 'PriceChangedError',
    actual: { minorUnits: '13500', amount: '135.00', currency: 'EUR' },
  })
})

test.each([uuidv7(), 'not-a-uuid', "'; DROP TABLE orders; --", '\u0000'])(
  'a variant nobody knows (%j) is not sold here',
  async (variantId) => {
    expect(await house.place(house.orderOf(variantId))).toMatchObject({
      kind: 'NotSoldHereError',
      variants: [{ id: variantId }],
    })
  },
)

const tooMany = Array.from({ length: 101 }, () => ({ variantId: uuidv7(), quantity: 1 }))
const address = { name: 'A', lines: ['1'], city: 'C', country: 'FR' }
test.each<[string, string, (variantId: string) => Record<string, unknown>]>([
  ['no pieces', 'lines.0.quantity', (variantId) => ({ lines: [{ variantId, quantity: 0 }] })],
  ['less than none', 'lines.0.quantity', (variantId) => ({ lines: [{ variantId, quantity: -1 }] })],
  ['a hundred pieces', 'lines.0.quantity', (variantId) => ({ lines: [{ variantId, quantity: 100 }] })],
  ['a giant quantity', 'lines.0.quantity', (variantId) => ({ lines: [{ variantId, quantity: 2147483647 }] })],
  [
    'a hundred pieces over two lines',
    'lines',
    (variantId) => ({ lines: [1, 99].map((quantity) => ({ variantId, quantity })) }),
  ],
  ['no lines', 'lines', () => ({ lines: [] })],
  ['101 lines', 'lines', () => ({ lines: tooMany })],
  ['an unknown market', 'market', () => ({ market: 'XX' })],
  ['a market that is no code', 'market', () => ({ market: '\u0000' })],
  [
    'a country of another market',
    'shippingAddress.country',
    () => ({ shippingAddress: { ...address, country: 'JP' } }),
  ],
  [
    'a country that is none',
    'shippingAddress.country',
    () => ({ shippingAddress: { ...address, country: '日本' } }),
  ],
  ['an empty name', 'shippingAddress.name', () => ({ shippingAddress: { ...address, name: ' ' } })],
  ['NUL', 'shippingAddress.city', () => ({ shippingAddress: { ...address, city: 'a\u0000b' } })],
  [
    'half a surrogate pair',
    'shippingAddress.lines.0',
    () => ({ shippingAddress: { ...address, lines: ['a\ud800'] } }),
  ],
  [
    'four address lines',
    'shippingAddress.lines',
    () => ({ shippingAddress: { ...address, lines: ['1', '2', '3', '4'] } }),
  ],
  [
    'a long postal code',
    'shippingAddress.postalCode',
    () => ({ shippingAddress: { ...address, postalCode: '1'.repeat(21) } }),
  ],
  ['a negative total', 'expectedTotal', () => ({ expectedTotal: '-1' })],
  ['a locale that is none', 'locale', () => ({ locale: '../..' })],
  ['a key that is no UUID', 'idempotencyKey', () => ({ idempotencyKey: 'again' })],
  ['a cart that is none', 'cartId', () => ({ cartId: 'x' })],
])('%s is refused with its field', async (_, field, over) => {
  const variantId = await house.sell({ 'PAR-DC': 200 })
  expect(await house.place(house.orderOf(variantId, 1, over(variantId)))).toMatchObject({
    kind: 'InvalidInputError',
    field,
  })
  expect(await house.level(variantId)).toMatchObject({ reserved: 0 })
})

test('wrong types and numbers beyond their range are malformed requests', async () => {
  for (const over of [
    { lines: [{ variantId: 'x', quantity: 2 ** 40 }] },
    { expectedTotal: '9'.repeat(30) },
    { lines: 7 },
  ]) {
    const input = house.orderOf(uuidv7(), 1, over)
    const response = await house.query(placeOrderDocument, { input }, testIdentity())
    expect(response.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
  }
})

test('nobody places an order without being known', async () => {
  const response = await house.query(placeOrderDocument, { input: house.orderOf(uuidv7()) })
  expect(response.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
})
