import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderExpired, orderExpiryDue, orderHoldExtended, stockChanged } from '#contracts/orders.ts'
import { paymentStarted } from '#contracts/payments.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { type House, openHouse } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

const holdMs = 15 * 60_000
const hint = (orderId: string) =>
  house.publish(orderExpiryDue, { aggregateId: uuidv7(), payload: { orderId } })

test('the hint frees the goods of an unpaid order, not before the hold ends', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const order = await house.placed(house.orderOf(variantId))
  house.clock.advance(holdMs - 1)
  await hint(order.id)
  expect(await house.order(order.id)).toMatchObject({ status: 'UNCONFIRMED' })
  house.clock.advance(1)
  await hint(order.id)
  await hint(order.id)
  await house.settle()
  expect(await house.order(order.id)).toMatchObject({ status: 'EXPIRED', expiresAt: null })
  expect(await house.level(variantId)).toEqual({ onHand: 1, reserved: 0, committed: 0 })
  expect(house.published(orderExpired).filter((event) => event.payload.orderId === order.id)).toHaveLength(1)
  const stock = house.published(stockChanged).filter((event) => event.payload.variantId === variantId)
  expect(stock.map((event) => event.payload.markets[0]?.available)).toEqual([1, 0, 1])
})

test('the sweep finds what no hint told, more than one batch of it', async () => {
  const variantId = await house.sell({ 'PAR-DC': 50 })
  const orders = await Promise.all(Array.from({ length: 45 }, () => house.placed(house.orderOf(variantId))))
  house.clock.advance(holdMs)
  await house.runJob('expire-orders')
  const statuses = await house.prisma.order.groupBy({
    by: ['status'],
    where: { id: { in: orders.map((order) => order.id) } },
    _count: true,
  })
  expect(statuses).toEqual([{ status: 'EXPIRED', _count: 45 }])
  expect(await house.level(variantId)).toMatchObject({ reserved: 0 })
})

test('sweep and hints at once free the goods once', async () => {
  const variantId = await house.sell({ 'PAR-DC': 10 })
  const orders = await Promise.all(Array.from({ length: 10 }, () => house.placed(house.orderOf(variantId))))
  house.clock.advance(holdMs)
  await Promise.all([house.runJob('expire-orders'), ...orders.map((order) => hint(order.id))])
  await house.runJob('expire-orders')
  expect(await house.level(variantId)).toEqual({ onHand: 10, reserved: 0, committed: 0 })
})

test('a paid order never expires', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const order = await house.placed(house.orderOf(variantId))
  await house.charge(order)
  house.clock.advance(holdMs)
  await hint(order.id)
  await house.runJob('expire-orders')
  expect(await house.order(order.id)).toMatchObject({ status: 'UNFULFILLED' })
})

test('payment and expiry at the same moment: the goods go to exactly one', async () => {
  const variantId = await house.sell({ 'PAR-DC': 20 })
  const orders = await Promise.all(Array.from({ length: 20 }, () => house.placed(house.orderOf(variantId))))
  house.clock.advance(holdMs)
  await Promise.all([house.runJob('expire-orders'), ...orders.map((order) => house.charge(order))])
  // Paid before or after the sweep came by: the goods are still there, so every order is the customer's.
  expect(await house.level(variantId)).toEqual({ onHand: 20, reserved: 0, committed: 20 })
})

const begin = (
  order: { id: string; number: string },
  kind: 'ONLINE' | 'BANK_TRANSFER' | 'CASH' = 'ONLINE',
) => {
  const transactionId = uuidv7()
  return house.publish(paymentStarted, {
    aggregateId: transactionId,
    payload: {
      transactionId,
      orderId: order.id,
      orderNumber: order.number,
      kind,
      provider: 'sandbox',
      pspReference: null,
      currency: 'EUR',
      amountMinor: '12000',
      authorizedMinor: '0',
      chargedMinor: '0',
      refundedMinor: '0',
    },
  })
}
const minuteMs = 60_000

test('beginning to pay holds the goods longer, once; the new end is told and hinted', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const order = await house.placed(house.orderOf(variantId))
  house.clock.advance(10 * minuteMs)
  const until = new Date(house.clock.now().getTime() + holdMs)
  await Promise.all([begin(order), begin(order)])
  expect(await house.order(order.id)).toMatchObject({ expiresAt: until })
  house.clock.advance(10 * minuteMs)
  await begin(order)
  await begin(order, 'CASH')
  await house.runJob('expire-orders')
  expect(await house.order(order.id)).toMatchObject({ status: 'UNCONFIRMED', expiresAt: until })
  await house.settle()
  const told = house.published(orderHoldExtended).filter((event) => event.payload.orderId === order.id)
  expect(told.map((event) => event.payload.expiresAt)).toEqual([until.toISOString()])
  const hints = await house.prisma.outboxMessage.findMany({
    where: { type: orderExpiryDue.type, aggregateId: order.id },
  })
  expect(hints).toHaveLength(2)
  house.clock.advance(5 * minuteMs)
  await hint(order.id)
  expect(await house.order(order.id)).toMatchObject({ status: 'EXPIRED' })
})

test('a bank transfer holds the goods for the days the market gives it; an ended hold is not begun again', async () => {
  await house.prisma.market.update({ where: { id: 'FR' }, data: { bankTransferDays: 3 } })
  const variantId = await house.sell({ 'PAR-DC': 2 })
  const order = await house.placed(house.orderOf(variantId))
  const { placedAt } = await house.order(order.id)
  const ended = await house.placed(house.orderOf(variantId))
  await begin(order, 'BANK_TRANSFER')
  house.clock.advance(holdMs)
  await begin(ended, 'BANK_TRANSFER')
  await house.runJob('expire-orders')
  expect(await house.order(order.id)).toMatchObject({
    status: 'UNCONFIRMED',
    expiresAt: new Date(placedAt.getTime() + 3 * 24 * 60 * minuteMs),
  })
  expect(await house.order(ended.id)).toMatchObject({ status: 'EXPIRED' })
})

test('two orders of one shopper at the same moment hold the goods once; one that is being paid stays', async () => {
  const variantId = await house.sell({ 'PAR-DC': 20 })
  const shopper = testIdentity()
  const orders = await Promise.all(
    Array.from({ length: 6 }, () => house.placed(house.orderOf(variantId), shopper)),
  )
  expect(await house.level(variantId)).toMatchObject({ reserved: 1 })
  const held = await house.prisma.order.findFirstOrThrow({
    where: { id: { in: orders.map((order) => order.id) }, status: 'UNCONFIRMED' },
  })
  await begin(held)
  await house.placed(house.orderOf(variantId), shopper)
  expect(await house.order(held.id)).toMatchObject({ status: 'UNCONFIRMED' })
  expect(await house.level(variantId)).toMatchObject({ reserved: 2 })
})
