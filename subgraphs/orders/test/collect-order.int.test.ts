import { afterAll, beforeAll, expect, test } from 'vitest'
import { deliveryDelivered } from '#contracts/orders.ts'
import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { countStatements } from './count-statements.ts'
import { courier, type House, openHouse, shopId } from './house.ts'
import { openDesk } from './stock-desk.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

const clerk = testIdentity({ roles: ['CLERK'], shopIds: [shopId] })
const otherClerk = testIdentity({ roles: ['CLERK'], shopIds: [uuidv7()] })

/** Collected, so nothing is paid for sending it. */
const collected = (variantId: string, quantity = 1, over: Record<string, unknown> = {}) =>
  house.orderOf(variantId, quantity, {
    shippingAddress: null,
    pickUpShopId: shopId,
    collector: { name: 'Camille', phone: '+33 1' },
    expectedTotal: String(12_000 * quantity),
    ...over,
  })

async function move(deliveryId: string, status: string, identity: Identity) {
  const { errors, data } = await house.query<{ updateDelivery: { kind: string } }>(
    `mutation ($input: UpdateDeliveryInput!) { updateDelivery(input: $input) { kind: __typename } }`,
    { input: { deliveryId, status } },
    identity,
  )
  return errors?.[0]?.extensions?.code ?? data.updateDelivery.kind
}

test('goods are held in the boutique, laid ready and handed over by its people', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5, 'PAR-01': 2 })
  const shopper = testIdentity()
  const order = await house.placed(collected(variantId, 2), shopper)
  const levels = await house.prisma.stockLevel.findMany({ where: { variantId, reserved: { gt: 0 } } })
  expect(levels).toMatchObject([{ warehouseId: await openDesk(house).warehouse('PAR-01'), reserved: 2 }])
  await house.charge(order)
  const read = await house.query<{ order: { deliveries: { id: string }[] } }>(
    `query ($id: ID!) { order(id: $id) {
      shippingAddress { city } pickUpShop { code } collector { name phone }
      deliveries { id kind status nextStatuses address { city } shop { code } collector { name } }
    } }`,
    { id: order.id },
    clerk,
  )
  expect(read.data.order).toMatchObject({
    shippingAddress: null,
    pickUpShop: { code: 'PAR-01' },
    collector: { name: 'Camille', phone: '+33 1' },
    deliveries: [
      {
        kind: 'PICKUP',
        status: 'PENDING',
        nextStatuses: ['READY_FOR_PICKUP'],
        address: null,
        shop: { code: 'PAR-01' },
        collector: { name: 'Camille' },
      },
    ],
  })
  const id = read.data.order.deliveries[0]?.id ?? ''
  expect(await move(id, 'READY_FOR_PICKUP', courier)).toBe('DeliveryNotFoundError')
  expect(await move(id, 'READY_FOR_PICKUP', otherClerk)).toBe('DeliveryNotFoundError')
  expect(await move(id, 'PICKED_UP', clerk)).toBe('IllegalDeliveryStateError')
  expect(await move(id, 'READY_FOR_PICKUP', clerk)).toBe('UpdateDeliverySuccess')
  expect(await house.level(variantId)).toEqual({ onHand: 7, reserved: 0, committed: 2 })
  const waiting = await house.query<{ pickUps: { nodes: { id: string }[] } }>(
    `query ($shopId: ID!) { pickUps(shopId: $shopId) { nodes { id } } }`,
    { shopId },
    clerk,
  )
  expect(waiting.data.pickUps.nodes.map((node) => node.id)).toContain(id)
  expect(await move(id, 'PICKED_UP', clerk)).toBe('UpdateDeliverySuccess')
  expect(await house.order(order.id)).toMatchObject({ status: 'FULFILLED' })
  expect(await house.level(variantId)).toEqual({ onHand: 5, reserved: 0, committed: 0 })
  await house.settle()
  expect(house.published(deliveryDelivered).some((event) => event.payload.orderId === order.id)).toBe(true)
})

test('a cart is quoted as it would be collected: nothing for sending it, and what is short there', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5, 'PAR-01': 1 })
  const cart = {
    __typename: 'Cart',
    id: uuidv7(),
    market: { id: 'FR' },
    lines: [{ id: uuidv7(), quantity: 2, variant: { id: variantId } }],
  }
  const quote = (pickUpShopId: string) =>
    house.query<{ _entities: { quote: unknown }[] }>(
      `query ($refs: [_Any!]!, $pickUpShopId: ID) { _entities(representations: $refs) { ... on Cart {
        quote(pickUpShopId: $pickUpShopId) { total { minorUnits } shipping { minorUnits } problems { code available } } } } }`,
      { refs: [cart], pickUpShopId },
    )
  const { data } = await quote(shopId)
  expect(data._entities[0]?.quote).toEqual({
    total: { minorUnits: '24000' },
    shipping: { minorUnits: '0' },
    problems: [{ code: 'OUT_OF_STOCK', available: 1 }],
  })
  expect((await quote(uuidv7())).errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
})

test('a boutique that has too few says so, however many there are elsewhere', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5, 'PAR-01': 1 })
  expect(await house.place(collected(variantId, 2))).toMatchObject({
    kind: 'OutOfStockError',
    lines: [{ variant: { id: variantId }, available: 1 }],
  })
})

test('money that comes too late takes the goods of the same boutique, or goes back', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5, 'PAR-01': 1 })
  const late = await house.placed(collected(variantId))
  house.clock.advance(15 * 60_000)
  await house.runJob('expire-orders')
  await house.charge(late)
  expect(await house.order(late.id)).toMatchObject({ status: 'UNFULFILLED' })
  expect(await house.prisma.delivery.findFirst({ where: { orderId: late.id } })).toMatchObject({
    kind: 'PICKUP',
  })
})

test.each<[string, string, () => Record<string, unknown>]>([
  ['neither an address nor a boutique', 'shippingAddress', () => ({ pickUpShopId: null, collector: null })],
  [
    'both',
    'shippingAddress',
    () => ({ shippingAddress: { name: 'A', lines: ['1'], city: 'C', country: 'FR' } }),
  ],
  ['nobody who collects', 'collector', () => ({ collector: null })],
  ['a boutique nobody knows', 'pickUpShopId', () => ({ pickUpShopId: uuidv7() })],
  ['a boutique that is none', 'pickUpShopId', () => ({ pickUpShopId: 'x' })],
  ['a boutique of another market', 'pickUpShopId', () => ({ market: 'US' })],
])('%s is refused with its field', async (_, field, over) => {
  const variantId = await house.sell({ 'PAR-01': 1 })
  expect(await house.place(collected(variantId, 1, over()))).toMatchObject({
    kind: 'InvalidInputError',
    field,
  })
})

test('what each boutique has is told up to ten, without what is kept back, in one statement for many variants', async () => {
  const many = await house.sell({ 'PAR-01': 12 })
  const none = await house.sell({ 'PAR-DC': 3 })
  const kept = await house.sell({ 'PAR-01': 2 })
  const warehouseId = await openDesk(house).warehouse('PAR-01')
  await openDesk(house).ask('setStockMarks', { variantId: kept, warehouseId, safety: 1, lowAt: 0 })
  const read = async (ids: string[]) => {
    const { errors, data } = await house.query<{ _entities: { availabilityInShops: unknown[] }[] }>(
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on ProductVariant {
        availabilityInShops(market: "FR") { shop { code } inStock quantity } } } }`,
      { refs: ids.map((id) => ({ __typename: 'ProductVariant', id })) },
    )
    expect(errors).toBeUndefined()
    return data._entities.map((variant) => variant.availabilityInShops)
  }
  const shop = { code: 'PAR-01' }
  expect(await read([many, none, kept, uuidv7()])).toEqual([
    [{ shop, inStock: true, quantity: 10 }],
    [{ shop, inStock: false, quantity: 0 }],
    [{ shop, inStock: true, quantity: 1 }],
    [{ shop, inStock: false, quantity: 0 }],
  ])
  const one = await countStatements(house, () => read([many]))
  expect(await countStatements(house, () => read([many, none, kept]))).toBe(one)
})
