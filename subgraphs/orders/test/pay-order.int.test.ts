import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  orderConfirmed,
  orderPaymentRejected,
  orderReinstated,
  deliveryRequested,
} from '#contracts/orders.ts'
import {
  paymentCanceled,
  paymentCharged,
  paymentDisputed,
  paymentFailed,
  paymentRefunded,
} from '#contracts/payments.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { courier, type House, openHouse, shopId, support } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

const cancel = (id: string) =>
  house.query(`mutation ($id: ID!) { cancelOrder(id: $id) { __typename } }`, { id }, support)

const pastHold = 16 * 60_000

const of = <E extends { payload: { orderId: string } }>(events: E[], id: string): E[] =>
  events.filter((event) => event.payload.orderId === id)

test('money in full confirms the order, commits its goods and asks for a parcel', async () => {
  const variantId = await house.sell({ 'PAR-DC': 3 })
  const order = await house.placed(house.orderOf(variantId, 2))
  await house.charge(order)
  await house.settle()
  expect(await house.order(order.id)).toMatchObject({
    status: 'UNFULFILLED',
    chargeStatus: 'FULL',
    expiresAt: null,
  })
  expect(await house.level(variantId)).toEqual({ onHand: 3, reserved: 0, committed: 2 })
  expect(of(house.published(orderConfirmed), order.id)).toHaveLength(1)
  const [parcel] = of(house.published(deliveryRequested), order.id)
  expect(parcel?.payload).toMatchObject({ status: 'PENDING', courierRef: courier.userId })
})

test('goods of two warehouses become two parcels', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1, 'LYO-DC': 1 })
  const order = await house.placed(house.orderOf(variantId, 2))
  await house.charge(order)
  expect(await house.prisma.delivery.count({ where: { orderId: order.id } })).toBe(2)
})

test('the same event twice confirms once', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const order = await house.placed(house.orderOf(variantId))
  const envelope = await house.charge(order)
  await house.parts.bus.publish(envelope)
  await house.settle()
  expect(of(house.published(orderConfirmed), order.id)).toHaveLength(1)
})

test('a part of the money confirms nothing', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const order = await house.placed(house.orderOf(variantId))
  await house.charge(order, { chargedMinor: '1' })
  expect(await house.order(order.id)).toMatchObject({ status: 'UNCONFIRMED', chargeStatus: 'PARTIAL' })
})

test.each(['expires', 'is called off'])('a part of the money goes back when the order %s', async (end) => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const order = await house.placed(house.orderOf(variantId))
  await house.charge(order, { chargedMinor: '1' })
  if (end === 'expires') {
    house.clock.advance(pastHold)
    await house.runJob('expire-orders')
  } else await cancel(order.id)
  await house.settle()
  expect(of(house.published(orderPaymentRejected), order.id)).toHaveLength(1)
})

test('late money reinstates the order when its goods are still there', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const order = await house.placed(house.orderOf(variantId))
  house.clock.advance(pastHold)
  await house.runJob('expire-orders')
  expect(await house.order(order.id)).toMatchObject({ status: 'EXPIRED' })
  await house.charge(order)
  await house.settle()
  expect(await house.order(order.id)).toMatchObject({ status: 'UNFULFILLED', chargeStatus: 'FULL' })
  expect(await house.level(variantId)).toEqual({ onHand: 1, reserved: 0, committed: 1 })
  expect(of(house.published(orderReinstated), order.id)).toHaveLength(1)
  expect(of(house.published(deliveryRequested), order.id)).toHaveLength(1)
})

test('late money goes back when the goods are gone', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const late = await house.placed(house.orderOf(variantId))
  house.clock.advance(pastHold)
  await house.runJob('expire-orders')
  const quick = await house.placed(house.orderOf(variantId))
  await house.charge(quick)
  const { payload } = await house.charge(late)
  await house.settle()
  expect(await house.order(late.id)).toMatchObject({ status: 'EXPIRED' })
  expect(of(house.published(orderPaymentRejected), late.id)).toMatchObject([
    { payload: { transactionId: payload.transactionId, number: late.number } },
  ])
  await house.publish(paymentRefunded, {
    aggregateId: payload.transactionId,
    payload: { ...payload, refundedMinor: payload.chargedMinor },
  })
  expect(await house.order(late.id)).toMatchObject({ status: 'EXPIRED', chargeStatus: 'NONE' })
})

test.each([
  ['for a called-off order', { cancel: true, pay: false }],
  ['for an order that is paid already', { cancel: false, pay: true }],
])('money %s goes back', async (_, before) => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const order = await house.placed(house.orderOf(variantId))
  if (before.cancel) {
    await house.query(
      `mutation ($id: ID!) { cancelOrder(id: $id) { __typename } }`,
      { id: order.id },
      support,
    )
  }
  if (before.pay) await house.charge(order)
  const second = await house.charge(order)
  await house.settle()
  expect(
    of(house.published(orderPaymentRejected), order.id).map((event) => event.payload.transactionId),
  ).toEqual([second.payload.transactionId])
})

test('two payments of one order at the same moment: one confirms, the other goes back', async () => {
  for (let round = 0; round < 5; round++) {
    const variantId = await house.sell({ 'PAR-DC': 1 })
    const order = await house.placed(house.orderOf(variantId))
    await Promise.all([house.charge(order), house.charge(order)])
    await house.settle()
    expect(of(house.published(orderConfirmed), order.id)).toHaveLength(1)
    expect(of(house.published(orderPaymentRejected), order.id)).toHaveLength(1)
  }
})

test('money in another currency goes back', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const order = await house.placed(house.orderOf(variantId))
  await house.charge(order, { currency: 'JPY' })
  await house.settle()
  expect(await house.order(order.id)).toMatchObject({ status: 'UNCONFIRMED', chargeStatus: 'NONE' })
  expect(of(house.published(orderPaymentRejected), order.id)).toHaveLength(1)
})

test('a refused payment is on the timeline and leaves the order unpaid', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const order = await house.placed(house.orderOf(variantId))
  const transactionId = uuidv7()
  await house.publish(paymentFailed, {
    aggregateId: transactionId,
    payload: {
      transactionId,
      orderId: order.id,
      orderNumber: order.number,
      kind: 'ONLINE',
      provider: 'sandbox',
      pspReference: null,
      currency: 'EUR',
      amountMinor: '13500',
      chargedMinor: '0',
      refundedMinor: '0',
      failureCode: 'card_declined',
      failureReason: 'The card was declined.',
    },
  })
  const { data } = await house.query<{
    order: { status: string; timeline: { type: string; message: string }[] }
  }>(`query ($id: ID!) { order(id: $id) { status timeline { type message } } }`, { id: order.id }, support)
  expect(data.order.status).toBe('UNCONFIRMED')
  expect(data.order.timeline.map((event) => event.type)).toEqual(['order.placed', 'payment.failed'])
  expect(data.order.timeline[1]?.message).toContain('The card was declined.')
})

test('money that the bank allows confirms like money that was taken, and taking it changes nothing more', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const order = await house.placed(house.orderOf(variantId))
  const { payload } = await house.authorize(order)
  expect(await house.order(order.id)).toMatchObject({
    status: 'UNFULFILLED',
    chargeStatus: 'NONE',
    authorizeStatus: 'FULL',
  })
  await house.publish(paymentCharged, {
    aggregateId: payload.transactionId,
    payload: { ...payload, authorizedMinor: '0', chargedMinor: payload.amountMinor },
  })
  await house.settle()
  expect(await house.order(order.id)).toMatchObject({ chargeStatus: 'FULL', authorizeStatus: 'FULL' })
  expect(of(house.published(orderConfirmed), order.id)).toHaveLength(1)
  expect(of(house.published(orderPaymentRejected), order.id)).toEqual([])
})

test('a part allowed and a part taken are enough together', async () => {
  const order = await house.placed(house.orderOf(await house.sell({ 'PAR-DC': 1 })))
  await house.authorize(order, { authorizedMinor: '10000' })
  expect(await house.order(order.id)).toMatchObject({ status: 'UNCONFIRMED', authorizeStatus: 'PARTIAL' })
  await house.charge(order, { chargedMinor: '3500' })
  expect(await house.order(order.id)).toMatchObject({
    status: 'UNFULFILLED',
    chargeStatus: 'PARTIAL',
    authorizeStatus: 'FULL',
  })
})

test('events of one payment in the wrong order come to the same', async () => {
  const order = await house.placed(house.orderOf(await house.sell({ 'PAR-DC': 2 })))
  const transactionId = uuidv7()
  const { payload } = await house.charge(order, { transactionId, authorizedMinor: '0' }, { sequence: 3 })
  await house.authorize(order, { ...payload, authorizedMinor: '13500', chargedMinor: '0' }, { sequence: 2 })
  await house.settle()
  expect(await house.order(order.id)).toMatchObject({ status: 'UNFULFILLED', chargeStatus: 'FULL' })
  expect(of(house.published(orderPaymentRejected), order.id)).toEqual([])
})

test('what was allowed and is released no longer counts', async () => {
  const order = await house.placed(house.orderOf(await house.sell({ 'PAR-DC': 1 })))
  const { payload } = await house.authorize(order, { authorizedMinor: '10000' })
  await house.publish(paymentCanceled, {
    aggregateId: payload.transactionId,
    payload: { ...payload, authorizedMinor: '0' },
  })
  expect(await house.order(order.id)).toMatchObject({ authorizeStatus: 'NONE' })
  await house.charge(order, { chargedMinor: '3500' })
  expect(await house.order(order.id)).toMatchObject({ status: 'UNCONFIRMED' })
})

test('an order that costs nothing waits for no payment', async () => {
  const variantId = await house.sell({ 'PAR-01': 1 })
  await house.prisma.sellablePrice.updateMany({ where: { variantId }, data: { amountMinor: 0 } })
  const collected = { shippingAddress: null, pickUpShopId: shopId, collector: { name: 'Camille' } }
  const input = house.orderOf(variantId, 1, { ...collected, expectedTotal: '0' })
  const shopper = testIdentity()
  const order = await house.placed(input, shopper)
  expect((await house.placed(input, shopper)).id).toBe(order.id)
  await house.settle()
  expect(await house.order(order.id)).toMatchObject({
    status: 'UNFULFILLED',
    chargeStatus: 'FULL',
    authorizeStatus: 'FULL',
  })
  expect(of(house.published(orderConfirmed), order.id)).toHaveLength(1)
  expect(await house.level(variantId)).toEqual({ onHand: 1, reserved: 0, committed: 1 })
})

test('a dispute is on the timeline and leaves the order as it is', async () => {
  const order = await house.placed(house.orderOf(await house.sell({ 'PAR-DC': 1 })))
  const { payload } = await house.charge(order)
  for (const status of ['OPEN', 'WON'] as const)
    await house.publish(paymentDisputed, {
      aggregateId: payload.transactionId,
      payload: { ...payload, disputeId: 'd', disputedMinor: '13500', status, reason: 'fraudulent' },
    })
  expect(await house.order(order.id)).toMatchObject({ status: 'UNFULFILLED' })
  const events = await house.prisma.orderEvent.findMany({
    where: { orderId: order.id, type: 'payment.disputed' },
  })
  expect(events).toHaveLength(2)
})

test('money for an order nobody knows becomes a dead letter', async () => {
  await house.charge({ id: uuidv7(), number: 'FR-1', total: { minorUnits: '1' } })
  const [letter] = await house.parts.bus.deadLetters.list({ limit: 1, queue: 'orders.payment' })
  expect(letter?.error).toContain('does not exist')
})
