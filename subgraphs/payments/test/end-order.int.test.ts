import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderPaymentRejected } from '#contracts/orders.ts'
import { paymentCanceled, paymentCharged, paymentOrphaned, paymentRefunded } from '#contracts/payments.ts'
import type { EventDefinition } from '#platform/events/define-event.ts'
import { delayMs, type House, openHouse, type Order } from './house.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

const told = <P extends { orderId: string }>(order: Order, event: EventDefinition<P>) =>
  house.published(event).filter(({ payload }) => payload.orderId === order.orderId)

const statusOf = async (order: Order) => (await house.transactionsOf(order)).map(({ status }) => status)

async function reject(order: Order, times = 1): Promise<string> {
  const [transaction] = await house.transactionsOf(order)
  const transactionId = transaction?.id ?? ''
  for (let time = 0; time < times; time++) {
    await house.publish(orderPaymentRejected, {
      aggregateId: order.orderId,
      payload: { orderId: order.orderId, number: order.number, transactionId, reason: 'The goods are gone.' },
    })
  }
  await house.settle()
  return transactionId
}

const casesOf = (transactionId: string) =>
  house.prisma.paymentCase.findMany({ where: { transactionId }, orderBy: { id: 'asc' } })

test('an expired order calls its attempt off at the provider, and tells it', async () => {
  const order = await house.placeOrder()
  const { client } = await house.start(order)
  await house.expireOrder(order)
  await house.settle()
  expect(await statusOf(order)).toEqual(['CANCELED'])
  expect(told(order, paymentCanceled)).toHaveLength(1)
  expect(await house.confirm(client!, '4242424242424242')).toMatchObject({ failureCode: 'intent_canceled' })
})

test('a failed attempt of an expired order stays failed, and can no longer be charged', async () => {
  const order = await house.placeOrder()
  const { client } = await house.pay(order, '4000000000000002')
  await house.settle()
  await house.expireOrder(order)
  await house.settle()
  expect(await statusOf(order)).toEqual(['FAILED'])
  expect(await house.confirm(client, '4242424242424242')).toMatchObject({ failureCode: 'intent_canceled' })
})

test('calling off what was charged unseen applies the charge', async () => {
  const order = await house.placeOrder()
  await house.pay(order, '4000000000004954')
  await house.expireOrder(order)
  await house.settle()
  expect(await statusOf(order)).toEqual(['CHARGED'])
  expect(told(order, paymentCharged)).toHaveLength(1)
  expect(told(order, paymentCanceled)).toEqual([])
})

test('a charge that comes after the order expired is applied and told', async () => {
  const order = await house.placeOrder()
  await house.pay(order, '4000000000005126')
  await house.settle()
  await house.expireOrder(order)
  await house.settle()
  expect(await statusOf(order)).toEqual(['PENDING'])
  house.clock.advance(delayMs)
  await house.settle()
  expect(await statusOf(order)).toEqual(['CHARGED'])
  expect(told(order, paymentCharged)).toHaveLength(1)
})

test('an order that expired before it was told of stays ended', async () => {
  const order = { ...(await house.placeOrder()), orderId: crypto.randomUUID() }
  await house.expireOrder(order)
  expect(await house.start(order)).toMatchObject({ kind: 'TicketInvalidError' })
})

test('money that no order wants is given back once, and its case is closed', async () => {
  const order = await house.placeOrder()
  await house.pay(order, '4242424242424242')
  await house.settle()
  const id = await reject(order, 2)
  expect(await statusOf(order)).toEqual(['REFUNDED'])
  expect(told(order, paymentOrphaned)[0]?.payload).toMatchObject({ reason: 'The goods are gone.' })
  expect(told(order, paymentRefunded).map(({ payload }) => payload.refundedMinor)).toEqual([order.totalMinor])
  const cases = await casesOf(id)
  expect(cases.map(({ kind }) => kind)).toEqual(['CHARGED_WITHOUT_ORDER'])
  expect(cases[0]?.closedAt).not.toBeNull()
  const [{ pspReference } = { pspReference: '' }] = await house.transactionsOf(order)
  expect(await house.prisma.sandboxRefund.count({ where: { intentReference: pspReference ?? '' } })).toBe(1)
})

test('a refund that fails opens a case and is tried again until the money is back', async () => {
  const order = await house.placeOrder()
  await house.pay(order, '4000000000007726')
  await house.settle()
  const id = await reject(order)
  expect(await statusOf(order)).toEqual(['CHARGED'])
  expect((await casesOf(id)).map(({ kind, closedAt }) => [kind, closedAt])).toEqual([
    ['CHARGED_WITHOUT_ORDER', null],
    ['FAILED_REFUND', null],
  ])
  house.clock.advance(60_000)
  await house.settle()
  expect(await statusOf(order)).toEqual(['REFUNDED'])
  expect(told(order, paymentRefunded)).toHaveLength(1)
  expect((await casesOf(id)).every(({ closedAt }) => closedAt !== null)).toBe(true)
})
