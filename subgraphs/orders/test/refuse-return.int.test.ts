import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderRefundRequested } from '#contracts/orders.ts'
import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { soldOrder } from './goods-out.ts'
import { type House, openHouse, support } from './house.ts'
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

test('what is not returnable is told why', async () => {
  const shopper = testIdentity()
  const order = await soldOrder(house, 2, shopper)
  const lines = [{ lineId: order.lineId, quantity: 1 }]
  const refused = (input: Record<string, unknown>, identity = shopper) =>
    desk.request({ lines, ...input }, identity)
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
  const answers = await Promise.all(Array.from({ length: 5 }, () => desk.request(input, shopper)))
  const [id = ''] = new Set(answers.map((answer) => answer.return?.id))
  expect(answers.every((answer) => answer.return?.id === id)).toBe(true)
  expect(await desk.receive(id)).toEqual({ kind: 'IllegalReturnStateError', status: 'REQUESTED' })
  for (const step of [desk.approve, desk.approve, desk.receive, desk.receive])
    expect((await step(id)).kind).toMatch(/Success$/)
  expect(await desk.reject(id)).toEqual({ kind: 'IllegalReturnStateError', status: 'RECEIVED' })
  expect(await desk.approve(id)).toEqual({ kind: 'IllegalReturnStateError', status: 'RECEIVED' })
  expect(await desk.approve(uuidv7())).toEqual({ kind: 'ReturnNotFoundError' })
  expect(await desk.receive('x')).toEqual({ kind: 'ReturnNotFoundError' })
  await house.settle()
  expect(refundsOf(order.id)).toHaveLength(1)
  expect(await house.level(order.variantId)).toMatchObject({ onHand: 1 })
})

test('the last piece is given back once, however many ask at the same moment', async () => {
  const order = await soldOrder(house, 1)
  const lines = [{ lineId: order.lineId, quantity: 1 }]
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => desk.request({ orderId: order.id, lines })),
  )
  expect(answers.map((answer) => answer.code ?? answer.kind).sort()).toEqual([
    'RequestReturnSuccess',
    ...Array.from({ length: 4 }, () => 'TOO_MANY'),
  ])
})

test('pieces of a return that was turned down can be asked for again', async () => {
  const order = await soldOrder(house, 1)
  const lines = [{ lineId: order.lineId, quantity: 1 }]
  const first = await desk.request({ orderId: order.id, lines })
  expect(await desk.request({ orderId: order.id, lines })).toMatchObject({ code: 'TOO_MANY' })
  expect((await desk.reject(first.return?.id ?? '')).return).toMatchObject({ status: 'REJECTED' })
  expect((await desk.reject(first.return?.id ?? '')).kind).toBe('RejectReturnSuccess')
  expect(await desk.reject(first.return?.id ?? '', ' ')).toEqual({ kind: 'InvalidInputError' })
  expect(await desk.request({ orderId: order.id, lines })).toMatchObject({ kind: 'RequestReturnSuccess' })
})

test('returns are decided by staff only, and listed for them', async () => {
  const shopper = testIdentity()
  const order = await soldOrder(house, 1, shopper)
  const asked = await desk.request(
    { orderId: order.id, lines: [{ lineId: order.lineId, quantity: 1 }] },
    shopper,
  )
  const id = asked.return?.id ?? ''
  for (const step of [
    desk.approve(id, shopper),
    desk.reject(id, 'x', shopper),
    desk.receive(id, {}, shopper),
  ])
    await expect(step).rejects.toThrow('FORBIDDEN')
  const list = async (identity: Identity) =>
    house.query<{ returns: { nodes: { id: string }[] } }>(
      `{ returns(status: REQUESTED, first: 100) { nodes { id order { number } lines { quantity line { sku } } } } }`,
      {},
      identity,
    )
  expect((await list(support)).data.returns.nodes.map((node) => node.id)).toContain(id)
  expect((await list(shopper)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
})
