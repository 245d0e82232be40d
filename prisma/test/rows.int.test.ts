import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '#platform/database/database.ts'
import { columnsOf, insertReturning, insertRows } from '#platform/database/rows.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { silentLogger } from '#platform/log/logger.ts'
import { createTestDatabase } from '#platform/testing/test-database.ts'
import { Prisma, PrismaClient } from '#subgraphs/orders/data/generated/client.ts'

let database: Database<PrismaClient, Prisma.TransactionClient>
let drop: () => Promise<void>

beforeAll(async () => {
  const made = await createTestDatabase('orders')
  drop = made.drop
  database = createDatabase({ url: made.url, PrismaClient, poolSize: 2, log: silentLogger })
})

afterAll(async () => {
  await database.close()
  await drop()
})

const order = () => ({
  id: uuidv7(),
  number: uuidv7(),
  idempotencyKey: uuidv7(),
  marketId: 'FR',
  currency: 'EUR',
  locale: 'fr',
  channel: 'WEB',
  customerRef: null,
  status: 'UNCONFIRMED',
  chargeStatus: 'NONE',
  subtotalMinor: 9_007_199_254_740_993n,
  shippingMinor: 0n,
  shippingTaxMinor: 0n,
  taxMinor: 0n,
  taxIncluded: true,
  totalMinor: 9_007_199_254_740_993n,
  expiresAt: new Date('2026-11-20T23:59:59.123Z'),
  placedAt: new Date('2026-11-20T00:00:00.001Z'),
})

test('a row written and read raw is the row that Prisma reads, defaults and all', async () => {
  const row = { ...order(), tenderedMinor: undefined }
  const [written] = await database.transact((tx) =>
    insertReturning(tx, { table: 'orders', fields: Prisma.OrderScalarFieldEnum, rows: [row] }),
  )
  const read = await database.prisma.order.findUnique({ where: { id: row.id } })
  expect(written).toEqual(read)
  expect(read).toMatchObject({
    ...order(),
    id: row.id,
    number: row.number,
    idempotencyKey: row.idempotencyKey,
  })
  expect(read?.tenderedMinor).toBe(0n)
})

test('rows that refer to one another are written in one statement, any number of them', async () => {
  const row = order()
  const notes = Array.from({ length: 300 }, (_, n) => ({
    id: uuidv7(),
    orderId: row.id,
    at: row.placedAt,
    type: 'order.placed',
    message: `“${String(n)}” \\ \n`,
    actor: 'system',
  }))
  const address = {
    orderId: row.id,
    name: 'C',
    lines: ['12, rue {des} "Archives"', ''],
    city: 'P',
    country: 'FR',
  }
  await database.transact((tx) =>
    insertRows(tx, [
      { table: 'order_events', rows: notes },
      { table: 'orders', rows: [row] },
      { table: 'order_charges', rows: [] },
      { table: 'order_addresses', rows: [address] },
    ]),
  )
  const read = await database.prisma.order.findUniqueOrThrow({
    where: { id: row.id },
    include: { events: { orderBy: { id: 'asc' } }, address: true },
  })
  expect(read.events).toEqual(notes)
  expect(read.address).toMatchObject(address)
})

test('no row is no statement', async () => {
  await database.transact((tx) => insertRows(tx, [{ table: 'orders', rows: [] }]))
  expect(columnsOf(Prisma.OrderScalarFieldEnum)).toContain('market_id AS "marketId"')
})
