import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderRefundRequested, returnDecided, returnReceived, returnRequested } from '#contracts/orders.ts'
import { paymentRefunded } from '#contracts/payments.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { handOver, soldOrder } from './goods-out.ts'
import { type House, openHouse, registerId } from './house.ts'
import { returnDesk } from './return-desk.ts'

let house: House
let desk: ReturnType<typeof returnDesk>
beforeAll(async () => {
  house = await openHouse()
  desk = returnDesk(house)
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

const refundsOf = (orderId: string) =>
  house.published(orderRefundRequested).filter((event) => event.payload.orderId === orderId)

test('a piece comes back: asked, allowed, received, back on sale, and its money asked back', async () => {
  const shopper = testIdentity()
  const order = await soldOrder(house, 3, shopper)
  const asked = await desk.request(
    { orderId: order.id, lines: [{ lineId: order.lineId, quantity: 1 }] },
    shopper,
  )
  expect(asked).toMatchObject({
    kind: 'RequestReturnSuccess',
    return: {
      status: 'REQUESTED',
      refund: null,
      lines: [{ quantity: 1, refund: null, line: { returnable: 2 } }],
    },
  })
  const id = asked.return?.id ?? ''
  expect((await desk.approve(id)).return).toMatchObject({
    status: 'APPROVED',
    nextStatuses: ['REJECTED', 'RECEIVED'],
  })
  const received = await desk.receive(id)
  expect(received.return).toMatchObject({
    status: 'RECEIVED',
    refund: { minorUnits: '12000' },
    lines: [{ refund: { minorUnits: '12000' } }],
    order: { status: 'PARTIALLY_RETURNED' },
  })
  expect(await house.level(order.variantId)).toEqual({ onHand: 1, reserved: 0, committed: 0 })
  await house.settle()
  expect(refundsOf(order.id)).toMatchObject([{ payload: { amountMinor: '12000', currency: 'EUR' } }])
  for (const event of [returnRequested, returnDecided, returnReceived])
    expect(
      house.published<{ returnId: string }>(event).filter((e) => e.payload.returnId === id),
    ).toHaveLength(1)

  await house.publish(paymentRefunded, {
    aggregateId: order.transaction.transactionId,
    payload: { ...order.transaction, refundedMinor: '12000' },
  })
  expect(await house.prisma.return.findUnique({ where: { id } })).toMatchObject({ status: 'REFUNDED' })
  const { data } = await house.query<{ order: { timeline: { type: string; actor: string }[] } }>(
    `query ($id: ID!) { order(id: $id) { timeline { type actor } } }`,
    { id: order.id },
    shopper,
  )
  expect(data.order.timeline.slice(-7).map(({ type, actor }) => `${type} by ${actor}`)).toEqual([
    'return.requested by customer',
    'return.approved by staff',
    'return.received by staff',
    'order.partially-returned by staff',
    'order.refund-requested by system',
    'payment.refunded by system',
    'return.refunded by system',
  ])
})

test('partial returns in any order refund in sum exactly what was paid for the goods', async () => {
  for (const parts of [[1, 1, 1], [2, 1], [1, 2], [3]]) {
    // Tax on top: a sum that three pieces cannot share evenly.
    const order = await soldOrder(house, 3, testIdentity(), 'US')
    const paid = order.line.totalMinor + order.line.taxMinor
    expect(paid % 3n).not.toBe(0n)
    for (const quantity of parts) await desk.comesBack(order, quantity)
    await house.settle()
    const refunds = refundsOf(order.id).map((event) => BigInt(event.payload.amountMinor))
    expect(refunds).toHaveLength(parts.length)
    expect(refunds.reduce((sum, refund) => sum + refund, 0n)).toBe(paid)
    expect(await house.order(order.id)).toMatchObject({ status: 'RETURNED' })
    expect(await house.level(order.variantId)).toMatchObject({ onHand: 3 })
  }
})

test('what cannot be sold again does not go back on sale', async () => {
  const order = await soldOrder(house, 1)
  expect(await desk.comesBack(order, 1, false)).toMatchObject({
    status: 'RECEIVED',
    order: { status: 'RETURNED' },
  })
  expect(await house.level(order.variantId)).toMatchObject({ onHand: 0 })
})

test('a piece may come back to another warehouse than it left', async () => {
  const order = await soldOrder(house, 1)
  const { return: asked } = await desk.request({
    orderId: order.id,
    lines: [{ lineId: order.lineId, quantity: 1 }],
  })
  await desk.approve(asked?.id ?? '')
  expect(await desk.receive(asked?.id ?? '', { warehouseCode: 'NOWHERE' })).toEqual({
    kind: 'InvalidInputError',
  })
  expect((await desk.receive(asked?.id ?? '', { warehouseCode: 'LYO-DC' })).kind).toBe('ReceiveReturnSuccess')
  const warehouse = await house.prisma.warehouse.findUniqueOrThrow({ where: { code: 'LYO-DC' } })
  expect(
    await house.prisma.stockLevel.findUnique({
      where: { variantId_warehouseId: { variantId: order.variantId, warehouseId: warehouse.id } },
    }),
  ).toMatchObject({ onHand: 1 })
})

test('a sale over the counter comes back too', async () => {
  const variantId = await house.sell({ 'PAR-01': 1 })
  const clerk = testIdentity({ roles: ['CLERK'] })
  const { data } = await house.query<{ recordSale: { order: { id: string; lines: { id: string }[] } } }>(
    `mutation ($input: RecordSaleInput!) { recordSale(input: $input) { ... on RecordSaleSuccess { order { id lines { id } } } } }`,
    {
      input: {
        registerId,
        lines: [{ variantId, quantity: 1 }],
        tenders: [{ kind: 'CASH', amount: '12000' }],
        soldAt: house.clock.now().toISOString(),
        idempotencyKey: uuidv7(),
      },
    },
    clerk,
  )
  const { id, lines } = data.recordSale.order
  const returned = await desk.comesBack({ id, lineId: lines[0]?.id ?? '' }, 1)
  expect(returned).toMatchObject({ refund: { minorUnits: '12000' }, order: { status: 'RETURNED' } })
  expect(await house.level(variantId)).toMatchObject({ onHand: 1 })
})

test('a piece that came back while others wait for their courier does not stop them', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1, 'LYO-DC': 1 })
  const order = await house.placed(house.orderOf(variantId, 2))
  await house.charge(order)
  await handOver(house, order.id, 1)
  const [line] = await house.prisma.orderLine.findMany({ where: { orderId: order.id } })
  const sold = { id: order.id, lineId: line?.id ?? '' }
  expect(
    await desk.request({ orderId: order.id, lines: [{ lineId: sold.lineId, quantity: 2 }] }),
  ).toMatchObject({
    kind: 'NotReturnableError',
    code: 'TOO_MANY',
  })
  expect(await desk.comesBack(sold, 1)).toMatchObject({ order: { status: 'PARTIALLY_RETURNED' } })
  await handOver(house, order.id)
  expect(await house.order(order.id)).toMatchObject({ status: 'PARTIALLY_RETURNED' })
  expect(await desk.comesBack(sold, 1)).toMatchObject({ order: { status: 'RETURNED' } })
})

test('numbered pieces come back by their number, and are on sale again under it', async () => {
  const variantId = await house.sell({}, { isSerialized: true })
  const warehouse = await house.prisma.warehouse.findUniqueOrThrow({ where: { code: 'PAR-DC' } })
  const received = await house.query<{ receiveStock: { kind: string } }>(
    `mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { kind: __typename } }`,
    {
      input: {
        warehouseId: warehouse.id,
        lines: [{ variantId, quantity: 2, serials: ['RB-1', 'RB-2'] }],
        reference: 'LS-1',
        idempotencyKey: uuidv7(),
      },
    },
    testIdentity({ roles: ['ADMIN'] }),
  )
  expect(received.data.receiveStock.kind).toBe('ReceiveStockSuccess')
  const order = await house.placed(house.orderOf(variantId, 2))
  await house.charge(order)
  await handOver(house, order.id)
  const { id: lineId } = await house.prisma.orderLine.findFirstOrThrow({ where: { orderId: order.id } })
  const asked = await desk.request({ orderId: order.id, lines: [{ lineId, quantity: 1 }] })
  const id = asked.return?.id ?? ''
  await desk.approve(id)
  for (const serials of [[], ['RB-9'], ['RB-1', 'RB-2']])
    expect(await desk.receive(id, { serials })).toEqual({ kind: 'InvalidInputError' })
  expect((await desk.receive(id, { serials: ['rb-2'] })).kind).toBe('ReceiveReturnSuccess')
  const units = await house.prisma.stockUnit.findMany({ where: { variantId }, orderBy: { serial: 'asc' } })
  expect(units.map(({ serial, state }) => `${serial} ${state}`)).toEqual(['RB-1 SOLD', 'RB-2 AVAILABLE'])
  expect(await house.level(variantId)).toMatchObject({ onHand: 1 })
})
