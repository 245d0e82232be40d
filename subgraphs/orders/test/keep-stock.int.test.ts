import { afterAll, beforeAll, expect, test } from 'vitest'
import { stockBack, stockLow } from '#contracts/orders.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { countStatements } from './count-statements.ts'
import { type House, openHouse, shopId } from './house.ts'
import { merchandiser, openDesk } from './stock-desk.ts'

let house: House
let desk: ReturnType<typeof openDesk>
let paris: string
let lyon: string
let boutique: string
beforeAll(async () => {
  house = await openHouse()
  desk = openDesk(house)
  paris = await desk.warehouse('PAR-DC')
  lyon = await desk.warehouse('LYO-DC')
  boutique = await desk.warehouse('PAR-01')
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

const manager = testIdentity({ roles: ['SHOP_MANAGER'], shopIds: [shopId] })
const otherManager = testIdentity({ roles: ['SHOP_MANAGER'], shopIds: [uuidv7()] })

test('a delivery is taken in once, however often it is told, and is in the ledger by its note', async () => {
  const variantId = await house.sell()
  const delivery = {
    warehouseId: paris,
    lines: [{ variantId, quantity: 3 }],
    reference: 'LS-77',
    idempotencyKey: uuidv7(),
  }
  const first = await desk.ask('receiveStock', delivery)
  expect(first).toMatchObject({ kind: 'ReceiveStockSuccess', levels: [{ onHand: 3, available: 3 }] })
  expect(await desk.ask('receiveStock', delivery)).toEqual(first)
  expect(await desk.movements(variantId)).toEqual(['RECEIVED 3'])
  const other = await desk.raw('receiveStock', { ...delivery, reference: 'LS-78' }, merchandiser)
  expect(other.errors?.[0]?.extensions?.code).toBe('IDEMPOTENCY_KEY_REUSED')
})

test('pieces are added and taken away with a reason, but none that a customer holds', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5 })
  await house.placed(house.orderOf(variantId, 3))
  const adjust = (difference: number, reason: string) =>
    desk.ask('adjustStock', { variantId, warehouseId: paris, difference, reason })
  expect(await adjust(-3, 'LOST')).toMatchObject({
    kind: 'InsufficientStockError',
    lines: [{ variant: { id: variantId }, available: 2 }],
  })
  const once = { variantId, warehouseId: paris, difference: -2, reason: 'DAMAGED', idempotencyKey: uuidv7() }
  await Promise.all([desk.ask('adjustStock', once), desk.ask('adjustStock', once)])
  expect(await adjust(1, 'FOUND')).toMatchObject({
    kind: 'AdjustStockSuccess',
    level: { onHand: 4, reserved: 3, available: 1 },
  })
  expect(await desk.movements(variantId)).toEqual(['RECEIVED 5', 'ADJUSTED -2', 'ADJUSTED 1'])
})

test('safety stock is kept from the web and sold over the counter, and a low level is told once per fall', async () => {
  const variantId = await house.sell({ 'PAR-DC': 6 })
  const marks = { variantId, warehouseId: paris, safety: 2, lowAt: 4 }
  expect(await desk.ask('setStockMarks', marks)).toMatchObject({ level: { available: 4, isLow: false } })
  expect((await house.place(house.orderOf(variantId, 5))).lines).toEqual([
    { variant: { id: variantId }, available: 4 },
  ])
  const shopper = testIdentity()
  await house.placed(house.orderOf(variantId, 3), shopper)
  await house.placed(house.orderOf(variantId, 2), shopper)
  await house.settle()
  const low = () => house.published(stockLow).filter((event) => event.payload.variantId === variantId)
  expect(low().map(({ payload }) => payload)).toMatchObject([
    { warehouseCode: 'PAR-DC', available: 3, lowAt: 4 },
  ])
})

test('sold out and back again is told by market, once', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1, 'LYO-DC': 1 })
  await house.placed(house.orderOf(variantId, 2))
  await house.receive('LYO-DC', variantId, 1)
  await house.receive('LYO-DC', variantId, 1)
  await house.settle()
  const back = house.published(stockBack).filter((event) => event.payload.variantId === variantId)
  expect(back.map(({ payload }) => payload.marketIds)).toEqual([['FR']])
})

test('a manager keeps the goods of the own boutique and of no other place', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5, 'PAR-01': 5 })
  const adjustment = (warehouseId: string) => ({
    variantId,
    warehouseId,
    difference: 1,
    reason: 'FOUND',
    idempotencyKey: uuidv7(),
  })
  const codeOf = async (...asked: Parameters<typeof desk.raw>) =>
    (await desk.raw(...asked)).errors?.[0]?.extensions?.code
  expect(await codeOf('adjustStock', adjustment(boutique), manager)).toBeUndefined()
  expect(await codeOf('adjustStock', adjustment(paris), manager)).toBe('FORBIDDEN')
  expect(await codeOf('adjustStock', adjustment(boutique), otherManager)).toBe('FORBIDDEN')
  expect(await codeOf('adjustStock', adjustment(boutique), testIdentity({ roles: ['CLERK'] }))).toBe(
    'FORBIDDEN',
  )
  expect(await codeOf('adjustStock', adjustment(boutique), null)).toBe('UNAUTHENTICATED')
  const lines = [{ variantId, quantity: 1 }]
  const { transfer } = await desk.ask('sendTransfer', {
    fromWarehouseId: paris,
    toWarehouseId: boutique,
    lines,
  })
  expect((await desk.ask('cancelTransfer', { id: transfer?.id }, manager)).kind).toBe('TransferNotFoundError')
  expect((await desk.ask('receiveTransfer', { id: transfer?.id }, otherManager)).kind).toBe(
    'TransferNotFoundError',
  )
  expect((await desk.ask('receiveTransfer', { id: transfer?.id }, manager)).kind).toBe(
    'ReceiveTransferSuccess',
  )
})

test.each<
  [
    string,
    'adjustStock' | 'receiveStock' | 'sendTransfer' | 'setStockMarks',
    () => Record<string, unknown>,
    object,
  ]
>([
  ['no difference', 'adjustStock', () => ({ difference: 0, reason: 'FOUND' }), { field: 'difference' }],
  [
    'a giant difference',
    'adjustStock',
    () => ({ difference: 10_001, reason: 'FOUND' }),
    { field: 'difference' },
  ],
  [
    'a variant nobody knows',
    'adjustStock',
    () => ({ variantId: uuidv7(), difference: 1, reason: 'FOUND' }),
    { field: 'variantId' },
  ],
  [
    'a place nobody knows',
    'adjustStock',
    () => ({ warehouseId: uuidv7(), difference: 1, reason: 'FOUND' }),
    { kind: 'WarehouseNotFoundError' },
  ],
  [
    'a place to receive nobody knows',
    'receiveStock',
    () => ({ warehouseId: uuidv7() }),
    { kind: 'WarehouseNotFoundError' },
  ],
  ['a delivery of nothing', 'receiveStock', () => ({ lines: [] }), { field: 'lines' }],
  [
    'a delivery of something unknown',
    'receiveStock',
    () => ({ lines: [{ variantId: uuidv7(), quantity: 1 }] }),
    { field: 'lines.0.variantId' },
  ],
  [
    'numbers for pieces without',
    'receiveStock',
    () => ({ lines: [{ variantId: known, quantity: 1, serials: ['A1'] }] }),
    { kind: 'SerialMismatchError' },
  ],
  ['a transfer to where it is', 'sendTransfer', () => ({ toWarehouseId: paris }), { field: 'toWarehouseId' }],
  [
    'a transfer to nowhere',
    'sendTransfer',
    () => ({ toWarehouseId: uuidv7() }),
    { kind: 'WarehouseNotFoundError' },
  ],
  ['marks below zero', 'setStockMarks', () => ({ safety: -1, lowAt: 0 }), { field: 'safety' }],
  [
    'marks nowhere',
    'setStockMarks',
    () => ({ warehouseId: uuidv7(), safety: 0, lowAt: 0 }),
    { kind: 'WarehouseNotFoundError' },
  ],
])('%s is refused by its type', async (_, verb, over, expected) => {
  known = await house.sell({ 'PAR-DC': 1 })
  const lines = [{ variantId: known, quantity: 1 }]
  const base = {
    adjustStock: { variantId: known, warehouseId: paris },
    receiveStock: { warehouseId: paris, lines, reference: 'LS-1' },
    sendTransfer: { fromWarehouseId: paris, toWarehouseId: lyon, lines },
    setStockMarks: { variantId: known, warehouseId: paris },
  }[verb]
  expect(await desk.ask(verb, { ...base, ...over() })).toMatchObject({
    kind: 'InvalidInputError',
    ...expected,
  })
})
let known = ''

test.each([
  ['stockLevels', 'sku name optionsLabel isSerialized available isLow warehouse { code }'],
  ['stockMovements', 'sku quantity reason adjustment reference warehouse { code }'],
  ['stockTransfers', 'from { code } to { code } lines { sku sent serials }'],
])('%s are read by page, with as many statements for many rows as for few', async (list, fields) => {
  const read = async (first: number, after: string | null = null) => {
    const { errors, data } = await house.query<
      Record<string, { nodes: unknown[]; pageInfo: { endCursor: string } }>
    >(
      `query ($first: Int!, $after: String) { list: ${list}(first: $first, after: $after) {
        nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`,
      { first, after },
      merchandiser,
    )
    expect(errors).toBeUndefined()
    const { nodes, pageInfo } = data.list ?? { nodes: [], pageInfo: { endCursor: '' } }
    expect(nodes).toHaveLength(first)
    return { nodes, ...pageInfo }
  }
  const variantId = await house.sell({ 'PAR-DC': 9 })
  const lines = [{ variantId, quantity: 1 }]
  for (let sent = 0; sent < 4; sent++)
    await desk.ask('sendTransfer', { fromWarehouseId: paris, toWarehouseId: lyon, lines })
  const few = await countStatements(house, () => read(1))
  expect(await countStatements(house, () => read(4))).toBe(few)
  const all = await read(4)
  const first = await read(2)
  expect([...first.nodes, ...(await read(2, first.endCursor)).nodes]).toEqual(all.nodes)
})

test('levels that are low are found', async () => {
  const variantId = await house.sell({ 'PAR-01': 2 })
  await desk.ask('setStockMarks', { variantId, warehouseId: boutique, safety: 0, lowAt: 3 })
  const low = await house.query<{ stockLevels: { nodes: { isLow: boolean }[] } }>(
    `query ($variantId: ID!) { stockLevels(variantId: $variantId, onlyLow: true) { nodes { isLow } } }`,
    { variantId },
    manager,
  )
  expect(low.data.stockLevels.nodes).toEqual([{ isLow: true }])
})
