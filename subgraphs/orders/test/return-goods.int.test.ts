import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderRefundRequested, returnDecided, returnReceived, returnRequested } from '#contracts/orders.ts'
import { paymentRefunded } from '#contracts/payments.ts'
import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { handOver, soldOrder } from './goods-out.ts'
import { type House, openHouse, registerId, support } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

interface Outcome {
  kind: string
  code?: string
  field?: string
  status?: string
  return?: {
    id: string
    status: string
    refund: { minorUnits: string } | null
    lines: {
      quantity: number
      refund: { minorUnits: string } | null
      line: { id: string; returnable: number }
    }[]
    nextStatuses: string[]
    order: { status: string }
  }
}

const told = `kind: __typename
  ... on NotReturnableError { code } ... on InvalidInputError { field }
  ... on IllegalOrderStateError { orderStatus: status }`
const back = `return { id status refund { minorUnits } nextStatuses order { status }
  lines { quantity refund { minorUnits } line { id returnable } } }`

async function ask(mutation: string, type: string, input: unknown, identity: Identity): Promise<Outcome> {
  const inputType = type === 'ApproveReturn' ? '$input: ID!' : `$input: ${type}Input!`
  const argument = type === 'ApproveReturn' ? 'id: $input' : 'input: $input'
  const errors =
    type === 'RequestReturn' ? told : 'kind: __typename ... on IllegalReturnStateError { status }'
  const { data, errors: failed } = await house.query<{ result: Outcome }>(
    `mutation (${inputType}) { result: ${mutation}(${argument}) { ${errors} ... on ${type}Success { ${back} } } }`,
    { input },
    identity,
  )
  if (failed) throw new Error(String(failed[0]?.extensions?.code))
  return data.result
}

const request = (input: Record<string, unknown>, identity: Identity = support) =>
  ask(
    'requestReturn',
    'RequestReturn',
    { reason: 'WRONG_SIZE', idempotencyKey: uuidv7(), ...input },
    identity,
  )
const approve = (id: string, identity = support) => ask('approveReturn', 'ApproveReturn', id, identity)
const reject = (id: string, reason = 'Worn.', identity = support) =>
  ask('rejectReturn', 'RejectReturn', { id, reason }, identity)
const receive = (id: string, over: Record<string, unknown> = {}, identity = support) =>
  ask('receiveReturn', 'ReceiveReturn', { id, isRestocked: true, ...over }, identity)

async function comesBack(order: { id: string; lineId: string }, quantity: number, isRestocked = true) {
  const { return: asked } = await request({ orderId: order.id, lines: [{ lineId: order.lineId, quantity }] })
  const id = asked?.id ?? ''
  await approve(id)
  return (await receive(id, { isRestocked })).return
}

const refundsOf = (orderId: string) =>
  house.published(orderRefundRequested).filter((event) => event.payload.orderId === orderId)

test('a piece comes back: asked, allowed, received, back on sale, and its money asked back', async () => {
  const shopper = testIdentity()
  const order = await soldOrder(house, 3, shopper)
  const asked = await request({ orderId: order.id, lines: [{ lineId: order.lineId, quantity: 1 }] }, shopper)
  expect(asked).toMatchObject({
    kind: 'RequestReturnSuccess',
    return: {
      status: 'REQUESTED',
      refund: null,
      lines: [{ quantity: 1, refund: null, line: { returnable: 2 } }],
    },
  })
  const id = asked.return?.id ?? ''
  expect((await approve(id)).return).toMatchObject({
    status: 'APPROVED',
    nextStatuses: ['REJECTED', 'RECEIVED'],
  })
  const received = await receive(id)
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
    for (const quantity of parts) await comesBack(order, quantity)
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
  expect(await comesBack(order, 1, false)).toMatchObject({
    status: 'RECEIVED',
    order: { status: 'RETURNED' },
  })
  expect(await house.level(order.variantId)).toMatchObject({ onHand: 0 })
})

test('a piece may come back to another warehouse than it left', async () => {
  const order = await soldOrder(house, 1)
  const { return: asked } = await request({
    orderId: order.id,
    lines: [{ lineId: order.lineId, quantity: 1 }],
  })
  await approve(asked?.id ?? '')
  expect(await receive(asked?.id ?? '', { warehouseCode: 'NOWHERE' })).toEqual({ kind: 'InvalidInputError' })
  expect((await receive(asked?.id ?? '', { warehouseCode: 'LYO-DC' })).kind).toBe('ReceiveReturnSuccess')
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
  const returned = await comesBack({ id, lineId: lines[0]?.id ?? '' }, 1)
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
  expect(await request({ orderId: order.id, lines: [{ lineId: sold.lineId, quantity: 2 }] })).toMatchObject({
    kind: 'NotReturnableError',
    code: 'TOO_MANY',
  })
  expect(await comesBack(sold, 1)).toMatchObject({ order: { status: 'PARTIALLY_RETURNED' } })
  await handOver(house, order.id)
  expect(await house.order(order.id)).toMatchObject({ status: 'PARTIALLY_RETURNED' })
  expect(await comesBack(sold, 1)).toMatchObject({ order: { status: 'RETURNED' } })
})

test('what is not returnable is told why', async () => {
  const shopper = testIdentity()
  const order = await soldOrder(house, 2, shopper)
  const lines = [{ lineId: order.lineId, quantity: 1 }]
  const refused = (input: Record<string, unknown>, identity = shopper) =>
    request({ lines, ...input }, identity)
  expect(await refused({ orderId: uuidv7() })).toMatchObject({ kind: 'OrderNotFoundError' })
  expect(await refused({ orderId: order.id }, testIdentity())).toMatchObject({ kind: 'OrderNotFoundError' })
  expect(await refused({ orderId: order.id, lines: [{ lineId: uuidv7(), quantity: 1 }] })).toMatchObject({
    code: 'UNKNOWN_LINE',
  })
  expect(await refused({ orderId: order.id, lines: [{ lineId: order.lineId, quantity: 3 }] })).toMatchObject({
    code: 'TOO_MANY',
  })
  for (const [field, over] of [
    ['lines', { lines: [] }],
    ['lines', { lines: [...lines, ...lines] }],
    ['lines.0.quantity', { lines: [{ lineId: order.lineId, quantity: 0 }] }],
    ['lines.0.lineId', { lines: [{ lineId: 'x', quantity: 1 }] }],
    ['note', { note: 'x'.repeat(1_001) }],
    ['idempotencyKey', { idempotencyKey: 'x' }],
  ] as const)
    expect(await refused({ orderId: order.id, ...over })).toMatchObject({ kind: 'InvalidInputError', field })
  house.clock.advance(30 * 24 * 60 * 60_000)
  expect(await refused({ orderId: order.id })).toMatchObject({ kind: 'NotReturnableError', code: 'TOO_LATE' })
  // Support may be generous.
  expect(await refused({ orderId: order.id }, support)).toMatchObject({ kind: 'RequestReturnSuccess' })
})

test('the same key asks once, and every step repeated changes nothing', async () => {
  const shopper = testIdentity()
  const order = await soldOrder(house, 1, shopper)
  const input = {
    orderId: order.id,
    lines: [{ lineId: order.lineId, quantity: 1 }],
    idempotencyKey: uuidv7(),
  }
  const answers = await Promise.all(Array.from({ length: 5 }, () => request(input, shopper)))
  const [id = ''] = new Set(answers.map((answer) => answer.return?.id))
  expect(answers.every((answer) => answer.return?.id === id)).toBe(true)
  expect(await receive(id)).toEqual({ kind: 'IllegalReturnStateError', status: 'REQUESTED' })
  for (const step of [approve, approve, receive, receive]) expect((await step(id)).kind).toMatch(/Success$/)
  expect(await reject(id)).toEqual({ kind: 'IllegalReturnStateError', status: 'RECEIVED' })
  expect(await approve(id)).toEqual({ kind: 'IllegalReturnStateError', status: 'RECEIVED' })
  expect(await approve(uuidv7())).toEqual({ kind: 'ReturnNotFoundError' })
  expect(await receive('x')).toEqual({ kind: 'ReturnNotFoundError' })
  await house.settle()
  expect(refundsOf(order.id)).toHaveLength(1)
  expect(await house.level(order.variantId)).toMatchObject({ onHand: 1 })
})

test('pieces of a return that was turned down can be asked for again', async () => {
  const order = await soldOrder(house, 1)
  const lines = [{ lineId: order.lineId, quantity: 1 }]
  const first = await request({ orderId: order.id, lines })
  expect(await request({ orderId: order.id, lines })).toMatchObject({ code: 'TOO_MANY' })
  expect((await reject(first.return?.id ?? '')).return).toMatchObject({ status: 'REJECTED' })
  expect((await reject(first.return?.id ?? '')).kind).toBe('RejectReturnSuccess')
  expect(await reject(first.return?.id ?? '', ' ')).toEqual({ kind: 'InvalidInputError' })
  expect(await request({ orderId: order.id, lines })).toMatchObject({ kind: 'RequestReturnSuccess' })
})

test('returns are decided by staff only, and listed for them', async () => {
  const shopper = testIdentity()
  const order = await soldOrder(house, 1, shopper)
  const asked = await request({ orderId: order.id, lines: [{ lineId: order.lineId, quantity: 1 }] }, shopper)
  const id = asked.return?.id ?? ''
  const steps = [approve(id, shopper), reject(id, 'x', shopper), receive(id, {}, shopper)]
  await Promise.all(steps.map((step) => expect(step).rejects.toThrow('FORBIDDEN')))
  const list = async (identity: Identity) =>
    house.query<{ returns: { nodes: { id: string }[] } }>(
      `{ returns(status: REQUESTED, first: 100) { nodes { id order { number } lines { quantity line { sku } } } } }`,
      {},
      identity,
    )
  expect((await list(support)).data.returns.nodes.map((node) => node.id)).toContain(id)
  expect((await list(shopper)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
})
