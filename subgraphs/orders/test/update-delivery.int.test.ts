import { afterAll, beforeAll, expect, test } from 'vitest'
import { deliveryDelivered, orderFulfilled } from '#contracts/orders.ts'
import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { courier, type House, openHouse, support } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

interface Answer {
  kind: string
  status?: string
  delivery?: { status: string; nextStatuses: string[]; deliveredAt: string | null; pieces: number }
}

async function move(deliveryId: string, status: string, identity: Identity = courier): Promise<Answer> {
  const response = await house.query<{ updateDelivery: Answer }>(
    `mutation ($input: UpdateDeliveryInput!) { updateDelivery(input: $input) {
      kind: __typename
      ... on UpdateDeliverySuccess { delivery { status nextStatuses deliveredAt pieces address { name } } }
      ... on IllegalDeliveryStateError { status }
    } }`,
    { input: { deliveryId, status } },
    identity,
  )
  if (response.errors) throw new Error(JSON.stringify(response.errors))
  return response.data.updateDelivery
}

async function paidOrder(stock: Record<string, number>, quantity: number) {
  const variantId = await house.sell(stock)
  const order = await house.placed(house.orderOf(variantId, quantity))
  await house.charge(order)
  const parcels = await house.prisma.delivery.findMany({
    where: { orderId: order.id },
    orderBy: { id: 'asc' },
  })
  return { variantId, order, ids: parcels.map((parcel) => parcel.id) }
}

test('the courier brings a parcel: goods leave at the pick-up, every step is told', async () => {
  const { variantId, order, ids } = await paidOrder({ 'PAR-DC': 3 }, 2)
  const id = ids[0] ?? ''
  expect(await move(id, 'CARRIER_PICKED_UP')).toMatchObject({
    kind: 'UpdateDeliverySuccess',
    delivery: { pieces: 2, nextStatuses: ['OUT_FOR_DELIVERY'] },
  })
  expect(await house.level(variantId)).toEqual({ onHand: 1, reserved: 0, committed: 0 })
  expect(await house.order(order.id)).toMatchObject({ status: 'FULFILLED' })
  await move(id, 'OUT_FOR_DELIVERY')
  await move(id, 'ATTEMPTED_DELIVERY')
  await move(id, 'OUT_FOR_DELIVERY')
  expect(await move(id, 'DELIVERED')).toMatchObject({
    delivery: { status: 'DELIVERED', nextStatuses: [], deliveredAt: house.clock.now().toISOString() },
  })
  await house.settle()
  expect(house.published(orderFulfilled).map((event) => event.payload.orderId)).toContain(order.id)
  const steps = house.published().filter((event) => event.aggregateId === id)
  expect(steps.map((event) => event.type)).toEqual([
    'delivery.requested',
    'delivery.progressed',
    'delivery.progressed',
    'delivery.attempted',
    'delivery.progressed',
    'delivery.delivered',
  ])
})

test('an order of two parcels is fulfilled with the second one', async () => {
  const { order, ids } = await paidOrder({ 'PAR-DC': 1, 'LYO-DC': 1 }, 2)
  await move(ids[0] ?? '', 'CARRIER_PICKED_UP')
  expect(await house.order(order.id)).toMatchObject({ status: 'PARTIALLY_FULFILLED' })
  await move(ids[1] ?? '', 'CARRIER_PICKED_UP')
  expect(await house.order(order.id)).toMatchObject({ status: 'FULFILLED' })
})

test('a repeated step changes nothing, also at the same moment', async () => {
  const { variantId, order, ids } = await paidOrder({ 'PAR-DC': 2 }, 1)
  const id = ids[0] ?? ''
  const answers = await Promise.all(Array.from({ length: 8 }, () => move(id, 'CARRIER_PICKED_UP')))
  expect(answers.every((answer) => answer.kind === 'UpdateDeliverySuccess')).toBe(true)
  expect(await house.level(variantId)).toMatchObject({ onHand: 1, committed: 0 })
  await house.settle()
  const told = house.published().filter((event) => event.aggregateId === id)
  expect(told.map((event) => event.type)).toEqual(['delivery.requested', 'delivery.progressed'])
  expect(house.published(orderFulfilled).filter((event) => event.payload.orderId === order.id)).toHaveLength(
    1,
  )
})

test('of a reinstated order only the goods it took anew leave', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5 })
  const order = await house.placed(house.orderOf(variantId, 2))
  house.clock.advance(16 * 60_000)
  await house.runJob('expire-orders')
  await house.charge(order)
  const parcel = await house.prisma.delivery.findFirstOrThrow({ where: { orderId: order.id } })
  await move(parcel.id, 'CARRIER_PICKED_UP')
  expect(await house.level(variantId)).toEqual({ onHand: 3, reserved: 0, committed: 0 })
})

test('a step that is not next is refused', async () => {
  const { ids } = await paidOrder({ 'PAR-DC': 1 }, 1)
  expect(await move(ids[0] ?? '', 'DELIVERED')).toEqual({
    kind: 'IllegalDeliveryStateError',
    status: 'PENDING',
  })
  await house.settle()
  expect(house.published(deliveryDelivered).map((event) => event.aggregateId)).not.toContain(ids[0])
})

test('a parcel of another courier does not exist, and support may help', async () => {
  const { ids } = await paidOrder({ 'PAR-DC': 1 }, 1)
  const other = testIdentity({ roles: ['COURIER'] })
  for (const id of [ids[0] ?? '', uuidv7(), 'x']) {
    expect(await move(id, 'CARRIER_PICKED_UP', other)).toEqual({ kind: 'DeliveryNotFoundError' })
  }
  expect(await move(ids[0] ?? '', 'CARRIER_PICKED_UP', support)).toMatchObject({
    kind: 'UpdateDeliverySuccess',
  })
})

test('the courier sees own parcels by page, open ones first', async () => {
  const list = async (first: number, after: string | null) => {
    const { data } = await house.query<{
      myDeliveries: {
        nodes: { id: string; status: string }[]
        pageInfo: { hasNextPage: boolean; endCursor: string }
      }
    }>(
      `query ($first: Int, $after: String) { myDeliveries(first: $first, after: $after) {
        nodes { id status orderNumber pieces requestedAt address { city } } pageInfo { hasNextPage endCursor } } }`,
      { first, after },
      courier,
    )
    return data.myDeliveries
  }
  const all = await list(100, null)
  const seen: string[] = []
  for (let page = await list(2, null); ; page = await list(2, page.pageInfo.endCursor)) {
    seen.push(...page.nodes.map((node) => node.id))
    if (!page.pageInfo.hasNextPage) break
  }
  expect(seen).toEqual(all.nodes.map((node) => node.id))
  const isDone = all.nodes.map((node) => node.status === 'DELIVERED')
  expect(isDone).toEqual(isDone.toSorted())
  expect(isDone).toContain(true)
})
