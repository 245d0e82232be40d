import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  deliveryProgressed,
  orderCanceled,
  orderPaymentRejected,
  orderRefundRequested,
} from '#contracts/orders.ts'
import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { type House, openHouse, support } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

async function ask(mutation: string, id: string, identity: Identity) {
  const { data } = await house.query<{ result: { kind: string; status?: string; paymentTicket?: string } }>(
    `mutation ($id: ID!) { result: ${mutation} {
      kind: __typename
      ... on IllegalOrderStateError { status }
      ${mutation.startsWith('renew') ? '... on RenewPaymentTicketSuccess { paymentTicket }' : ''}
    } }`,
    { id },
    identity,
  )
  return data.result
}
const cancel = (id: string, identity: Identity) => ask('cancelOrder(id: $id)', id, identity)
const renew = (id: string, identity: Identity) => ask('renewPaymentTicket(orderId: $id)', id, identity)

test('the shopper calls off an unpaid order, once, and its goods are free', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const shopper = testIdentity()
  const order = await house.placed(house.orderOf(variantId), shopper)
  expect(await cancel(order.id, shopper)).toEqual({ kind: 'CancelOrderSuccess' })
  expect(await cancel(order.id.toUpperCase(), shopper)).toEqual({ kind: 'CancelOrderSuccess' })
  await house.settle()
  expect(await house.level(variantId)).toEqual({ onHand: 1, reserved: 0, committed: 0 })
  expect(house.published(orderCanceled)).toHaveLength(1)
})

test('an order somebody else placed does not exist', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const order = await house.placed(house.orderOf(variantId))
  for (const identity of [testIdentity(), testIdentity({ roles: ['CLERK'] })]) {
    expect(await cancel(order.id, identity)).toEqual({ kind: 'OrderNotFoundError' })
    expect(await renew(order.id, identity)).toEqual({ kind: 'OrderNotFoundError' })
  }
  expect(await house.order(order.id)).toMatchObject({ status: 'UNCONFIRMED' })
})

test.each([uuidv7(), 'x', '', '\u0000'])('the id %j is no order', async (id) => {
  expect(await cancel(id, support)).toEqual({ kind: 'OrderNotFoundError' })
  expect(await renew(id, support)).toEqual({ kind: 'OrderNotFoundError' })
})

test('a paid order can be neither called off nor paid again', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const shopper = testIdentity()
  const order = await house.placed(house.orderOf(variantId), shopper)
  await house.charge(order)
  const refused = { kind: 'IllegalOrderStateError', status: 'UNFULFILLED' }
  expect(await cancel(order.id, shopper)).toMatchObject(refused)
  expect(await renew(order.id, shopper)).toMatchObject(refused)
})

test('support calls off a paid order: goods free, parcel called off, all the money asked back, once', async () => {
  const variantId = await house.sell({ 'PAR-DC': 2 })
  const order = await house.placed(house.orderOf(variantId))
  await house.charge(order, { chargedMinor: '5000' })
  await house.charge(order, { chargedMinor: '8500' })
  expect(await house.level(variantId)).toEqual({ onHand: 2, reserved: 0, committed: 1 })
  const answers = await Promise.all(Array.from({ length: 5 }, () => cancel(order.id, support)))
  expect(answers).toEqual(answers.map(() => ({ kind: 'CancelOrderSuccess' })))
  await house.settle()
  expect(await house.order(order.id)).toMatchObject({ status: 'CANCELED' })
  expect(await house.level(variantId)).toEqual({ onHand: 2, reserved: 0, committed: 0 })
  const of = <E extends { payload: { orderId: string } }>(events: E[]) =>
    events.filter((event) => event.payload.orderId === order.id)
  expect(of(house.published(orderCanceled))).toHaveLength(1)
  expect(of(house.published(orderRefundRequested))).toMatchObject([
    { payload: { amountMinor: '13500', currency: 'EUR', number: order.number } },
  ])
  expect(of(house.published(orderPaymentRejected))).toEqual([])
  expect(of(house.published(deliveryProgressed))).toMatchObject([{ payload: { status: 'CANCELED' } }])
  // Money that comes after all is another matter.
  await house.charge(order)
  await house.settle()
  expect(of(house.published(orderPaymentRejected))).toHaveLength(1)
})

test('money that is only allowed is not asked back when the order is called off', async () => {
  const order = await house.placed(house.orderOf(await house.sell({ 'PAR-DC': 1 })))
  await house.authorize(order)
  expect(await house.order(order.id)).toMatchObject({ status: 'UNFULFILLED' })
  expect(await cancel(order.id, support)).toEqual({ kind: 'CancelOrderSuccess' })
  await house.settle()
  const asked = house.published(orderRefundRequested).filter((event) => event.payload.orderId === order.id)
  expect(asked).toEqual([])
})

test('a ticket is renewed as long as the goods are held, not longer', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const shopper = testIdentity()
  const input = house.orderOf(variantId)
  const { order, paymentTicket } = await house.place(input, shopper)
  const id = order?.id ?? ''
  expect(await renew(id, shopper)).toEqual({ kind: 'RenewPaymentTicketSuccess', paymentTicket })
  house.clock.advance(15 * 60_000)
  expect(await renew(id, shopper)).toMatchObject({ kind: 'IllegalOrderStateError' })
})
