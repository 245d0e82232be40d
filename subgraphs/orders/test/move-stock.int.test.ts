import { afterAll, beforeAll, expect, test } from 'vitest'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { courier, type House, openHouse, registerId, shopId } from './house.ts'
import { openDesk } from './stock-desk.ts'

let house: House
let desk: ReturnType<typeof openDesk>
let paris: string
let lyon: string
beforeAll(async () => {
  house = await openHouse()
  desk = openDesk(house)
  paris = await desk.warehouse('PAR-DC')
  lyon = await desk.warehouse('LYO-DC')
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

const clerk = testIdentity({ roles: ['CLERK'], shopIds: [shopId] })

test('a transfer leaves at once, is on its way, and arrives; what is missing stays recorded', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5 })
  const transfer = {
    fromWarehouseId: paris,
    toWarehouseId: lyon,
    lines: [{ variantId, quantity: 4 }],
    idempotencyKey: uuidv7(),
  }
  const sent = await desk.ask('sendTransfer', transfer)
  expect(sent).toMatchObject({
    kind: 'SendTransferSuccess',
    transfer: { state: 'SENT', lines: [{ sent: 4 }] },
  })
  expect(await desk.ask('sendTransfer', transfer)).toEqual(sent)
  expect(await levelsOf(variantId)).toEqual({ 'PAR-DC': [1, 0], 'LYO-DC': [0, 4] })
  const arrival = { id: sent.transfer?.id, lines: [{ variantId, quantity: 3 }] }
  expect(
    await desk.ask('receiveTransfer', { id: sent.transfer?.id, lines: [{ variantId, quantity: 5 }] }),
  ).toMatchObject({
    kind: 'InvalidInputError',
    field: 'lines.0.quantity',
  })
  const received = await desk.ask('receiveTransfer', arrival)
  expect(received).toMatchObject({
    transfer: { state: 'RECEIVED', isShort: true, lines: [{ sent: 4, received: 3 }] },
  })
  expect(await desk.ask('receiveTransfer', arrival)).toEqual(received)
  expect(await desk.ask('receiveTransfer', { id: sent.transfer?.id })).toMatchObject({
    kind: 'IllegalTransferStateError',
    state: 'RECEIVED',
  })
  expect(await desk.ask('cancelTransfer', { id: sent.transfer?.id })).toMatchObject({
    kind: 'IllegalTransferStateError',
  })
  expect(await levelsOf(variantId)).toEqual({ 'PAR-DC': [1, 0], 'LYO-DC': [3, 0] })
  expect(await desk.movements(variantId)).toEqual(['RECEIVED 5', 'TRANSFER_OUT -4', 'TRANSFER_IN 3'])
})

test('a transfer that is called off is back, whether it is called off once or received at the same moment', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5 })
  const send = () =>
    desk.ask('sendTransfer', {
      fromWarehouseId: paris,
      toWarehouseId: lyon,
      lines: [{ variantId, quantity: 2 }],
    })
  const { transfer } = await send()
  const canceled = await desk.ask('cancelTransfer', { id: transfer?.id })
  expect(canceled).toMatchObject({
    kind: 'CancelTransferSuccess',
    transfer: { state: 'CANCELED', isShort: false },
  })
  expect(await desk.ask('cancelTransfer', { id: transfer?.id })).toEqual(canceled)
  expect(await levelsOf(variantId)).toEqual({ 'PAR-DC': [5, 0], 'LYO-DC': [0, 0] })
  const second = await send()
  const id = second.transfer?.id
  await Promise.all([desk.ask('cancelTransfer', { id }), desk.ask('receiveTransfer', { id })])
  const levels = await levelsOf(variantId)
  expect([levels['PAR-DC'], levels['LYO-DC']]).toBeOneOf([
    [
      [5, 0],
      [0, 0],
    ],
    [
      [3, 0],
      [2, 0],
    ],
  ])
})

test('nobody sends what is not free, and transfers the other way round never lock each other out', async () => {
  const variantId = await house.sell({ 'PAR-DC': 10, 'LYO-DC': 10 })
  const send = (from: string, to: string, quantity: number) =>
    desk.ask('sendTransfer', { fromWarehouseId: from, toWarehouseId: to, lines: [{ variantId, quantity }] })
  expect(await send(paris, lyon, 11)).toMatchObject({
    kind: 'InsufficientStockError',
    lines: [{ available: 10 }],
  })
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? send(paris, lyon, 1) : send(lyon, paris, 1))),
  )
  expect(new Set(answers.map((answer) => answer.kind))).toEqual(new Set(['SendTransferSuccess']))
})

/** A variant whose pieces have numbers, with these pieces in these places. */
async function numbered(stock: Record<string, string[]>): Promise<string> {
  const variantId = await house.sell({}, { isSerialized: true })
  for (const [code, serials] of Object.entries(stock)) {
    const lines = [{ variantId, quantity: serials.length, serials }]
    const warehouseId = await desk.warehouse(code)
    const answer = await desk.ask('receiveStock', {
      warehouseId,
      lines,
      reference: 'LS-1',
      provenance: 'Paris, 2026',
    })
    expect(answer.kind).toBe('ReceiveStockSuccess')
  }
  return variantId
}

let count = 0
const names = (pieces: number) =>
  Array.from({ length: pieces }, () => `NO-${String(++count).padStart(4, '0')}`)

test('a piece with a number follows its order: held, paid, gone; the owner reads the number, staff the life', async () => {
  const [first = '', second = ''] = names(2)
  const variantId = await numbered({ 'PAR-DC': [first, second] })
  const shopper = testIdentity()
  const order = await house.placed(house.orderOf(variantId), shopper)
  expect(await desk.units(variantId)).toEqual([`${first} RESERVED`, `${second} AVAILABLE`])
  const serials = await house.query<{ order: { lines: { serials: string[] }[] } }>(
    `query ($id: ID!) { order(id: $id) { lines { serials } } }`,
    { id: order.id },
    shopper,
  )
  expect(serials.data.order.lines).toEqual([{ serials: [first] }])
  await house.charge(order)
  expect(await desk.units(variantId)).toEqual([`${first} COMMITTED`, `${second} AVAILABLE`])
  const parcel = await house.prisma.delivery.findFirstOrThrow({ where: { orderId: order.id } })
  await house.query(
    `mutation ($input: UpdateDeliveryInput!) { updateDelivery(input: $input) { __typename } }`,
    { input: { deliveryId: parcel.id, status: 'CARRIER_PICKED_UP' } },
    courier,
  )
  const life = await house.query<{
    stockUnit: { provenance: string; history: { state: string; reference: string }[] }
  }>(
    `query ($serial: String!) { stockUnit(serial: $serial) { provenance state warehouse { code } history { state reference } } }`,
    { serial: first.toLowerCase() },
    clerk,
  )
  expect(life.data.stockUnit).toMatchObject({
    provenance: 'Paris, 2026',
    state: 'SOLD',
    history: [
      { state: 'AVAILABLE', reference: 'LS-1' },
      { state: 'RESERVED', reference: order.id },
      { state: 'COMMITTED', reference: order.id },
      { state: 'SOLD', reference: order.id },
    ],
  })
})

test('pieces of an order that ends are free again', async () => {
  const variantId = await numbered({ 'PAR-DC': names(2) })
  await house.placed(house.orderOf(variantId, 2))
  house.clock.advance(15 * 60_000)
  await house.runJob('expire-orders')
  expect((await desk.units(variantId)).every((unit) => unit.endsWith('AVAILABLE'))).toBe(true)
})

test('a rush for numbered pieces gives each to one buyer', async () => {
  const variantId = await numbered({ 'PAR-DC': names(3), 'LYO-DC': names(3) })
  const answers = await Promise.all(Array.from({ length: 24 }, () => house.place(house.orderOf(variantId))))
  expect(answers.filter((answer) => answer.kind === 'PlaceOrderSuccess')).toHaveLength(6)
  const held = await house.prisma.stockUnit.groupBy({ by: ['reservationId'], where: { variantId } })
  expect(held.filter((unit) => unit.reservationId !== null)).toHaveLength(6)
})

test('a piece that somebody works on is passed over while another one will do', async () => {
  const [first = '', second = ''] = names(2)
  const variantId = await numbered({ 'PAR-DC': [first, second] })
  const working = await house.database.pool.connect()
  await working.query('BEGIN')
  await working.query('SELECT FROM stock_units WHERE serial = $1 FOR UPDATE', [first])
  // Waits for the piece, and so for ever, unless it is passed over.
  await house.placed(house.orderOf(variantId))
  await working.query('COMMIT')
  working.release()
  expect(await desk.units(variantId)).toEqual([`${first} AVAILABLE`, `${second} RESERVED`])
})

test('the till sells the very piece that is named, and refuses one that is not there', async () => {
  const [first = '', second = '', elsewhere = ''] = names(3)
  const variantId = await numbered({ 'PAR-01': [first, second], 'PAR-DC': [elsewhere] })
  const sell = async (serials: string[]) => {
    const { errors, data } = await house.query<{ recordSale: { kind: string; field?: string } }>(
      `mutation ($input: RecordSaleInput!) { recordSale(input: $input) { kind: __typename ... on InvalidInputError { field } } }`,
      {
        input: {
          registerId,
          lines: [{ variantId, quantity: 1 }],
          serials,
          tenders: [{ kind: 'TERMINAL', amount: '12000' }],
          soldAt: house.clock.now().toISOString(),
          idempotencyKey: uuidv7(),
        },
      },
      clerk,
    )
    if (errors) throw new Error(JSON.stringify(errors))
    return data.recordSale
  }
  expect(await sell([elsewhere])).toEqual({ kind: 'InvalidInputError', field: 'serials' })
  expect(await sell([second])).toEqual({ kind: 'RecordSaleSuccess' })
  expect(await desk.units(variantId)).toEqual([
    `${first} AVAILABLE`,
    `${second} SOLD`,
    `${elsewhere} AVAILABLE`,
  ])
})

test('numbered pieces travel with a transfer; one that does not arrive is written off and may turn up again', async () => {
  const [first = '', second = ''] = names(2)
  const variantId = await numbered({ 'PAR-DC': [first, second] })
  const lines = [{ variantId, quantity: 2 }]
  const { transfer } = await desk.ask('sendTransfer', { fromWarehouseId: paris, toWarehouseId: lyon, lines })
  expect(transfer?.lines[0]?.serials).toEqual([first, second])
  const arrive = (serials: string[]) =>
    desk.ask('receiveTransfer', { id: transfer?.id, lines: [{ variantId, quantity: 1, serials }] })
  expect(await arrive([])).toMatchObject({ kind: 'SerialMismatchError', serials: [] })
  expect(await arrive(['NO-9999'])).toMatchObject({ kind: 'SerialMismatchError', serials: ['NO-9999'] })
  expect(await arrive([second])).toMatchObject({ transfer: { isShort: true } })
  expect(await desk.units(variantId)).toEqual([`${first} WRITTEN_OFF`, `${second} AVAILABLE`])
  const found = {
    warehouseId: lyon,
    lines: [{ variantId, quantity: 1, serials: [first] }],
    reference: 'found',
  }
  expect(await desk.ask('receiveStock', found)).toMatchObject({ kind: 'ReceiveStockSuccess' })
  expect(await desk.ask('receiveStock', found)).toMatchObject({
    kind: 'SerialMismatchError',
    serials: [first],
  })
  const lost = { variantId, warehouseId: lyon, difference: -1, reason: 'LOST' }
  expect(await desk.ask('adjustStock', lost)).toMatchObject({ kind: 'SerialMismatchError' })
  expect(await desk.ask('adjustStock', { ...lost, serials: [first] })).toMatchObject({ level: { onHand: 1 } })
})

/** [on hand, incoming] by warehouse. */
async function levelsOf(variantId: string): Promise<Record<string, [number, number]>> {
  const names = new Map([
    [paris, 'PAR-DC'],
    [lyon, 'LYO-DC'],
  ])
  const rows = await house.prisma.stockLevel.findMany({ where: { variantId } })
  return Object.fromEntries(
    rows.map((row) => [names.get(row.warehouseId) ?? row.warehouseId, [row.onHand, row.incoming]]),
  )
}
