// Here and not in platform/, because it takes a generated client and platform may import none.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Prisma } from '#subgraphs/cart/data/generated/client.ts'
import { PrismaClient } from '#subgraphs/cart/data/generated/client.ts'
import { silentLogger } from '#platform/log/logger.ts'
import { createTestDatabase } from '#platform/testing/test-database.ts'
import type { Database } from '#platform/database/database.ts'
import { createDatabase } from '#platform/database/database.ts'

// Any generated client does: the database knows none of its models.
let database: Database<PrismaClient, Prisma.TransactionClient>
let drop: () => Promise<void>

beforeAll(async () => {
  const made = await createTestDatabase('blank', { folder: 'none' })
  drop = made.drop
  database = createDatabase<PrismaClient, Prisma.TransactionClient>({
    url: made.url,
    PrismaClient,
    poolSize: 4,
    log: silentLogger,
  })
  await database.pool.query('create table counters (id int primary key, n int not null)')
})

beforeEach(async () => {
  await database.pool.query('truncate counters')
  await database.pool.query('insert into counters values (1, 0), (2, 0)')
})

afterAll(async () => {
  await database.close()
  await drop()
})

async function read(id: number): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>('select n from counters where id = $1', [id])
  return rows[0]?.n ?? -1
}

/** Resolves for all callers once `parties` have called. */
function meeting(parties: number): () => Promise<null> {
  const all = Promise.withResolvers<null>()
  let here = 0
  return () => {
    if (++here === parties) all.resolve(null)
    return all.promise
  }
}

test('what throws is rolled back and thrown on', async () => {
  const work = database.transact(async (tx) => {
    await tx.$executeRaw`update counters set n = 1 where id = 1`
    throw new Error('no')
  })
  await expect(work).rejects.toThrow('no')
  expect(await read(1)).toBe(0)
})

test('a deadlock is tried again until both commit', async () => {
  const bothHold = meeting(2)
  let runs = 0
  const crossing = (first: number, second: number) =>
    database.transact(async (tx) => {
      const attempt = ++runs
      await tx.$executeRaw`update counters set n = n + 1 where id = ${first}`
      if (attempt <= 2) await bothHold()
      await tx.$executeRaw`update counters set n = n + 1 where id = ${second}`
    })
  await Promise.all([crossing(1, 2), crossing(2, 1)])
  expect(runs).toBe(3)
  expect([await read(1), await read(2)]).toEqual([2, 2])
})

test('a serialization failure is tried again, five times at most', async () => {
  let runs = 0
  const work = database.transact(async (tx) => {
    runs++
    await tx.$executeRaw`set transaction isolation level serializable`
    await tx.$queryRaw`select n from counters where id = 1`
    await database.pool.query('update counters set n = n + 1 where id = 1')
    await tx.$executeRaw`update counters set n = 100 where id = 1`
  })
  await expect(work).rejects.toThrow()
  expect(runs).toBe(5)
  expect(await read(1)).toBe(5)
})

test('another error is not tried again', async () => {
  let runs = 0
  const work = database.transact(async (tx) => {
    runs++
    await tx.$executeRaw`insert into counters values (1, 1)`
  })
  await expect(work).rejects.toThrow()
  expect(runs).toBe(1)
})

test('listeners hear of commits only, and cannot spoil one', async () => {
  let heard = 0
  database.onCommit(() => {
    throw new Error('a bad listener')
  })
  database.onCommit(() => heard++)
  await database.transact(async (tx) => tx.$executeRaw`update counters set n = 7 where id = 1`)
  await database.transact(() => Promise.reject(new Error('no'))).catch(() => undefined)
  expect(heard).toBe(1)
  expect(await read(1)).toBe(7)
})

test('every session carries the limits and speaks UTC', async () => {
  const limits = `select name, setting from pg_settings where name in
    ('TimeZone', 'statement_timeout', 'idle_in_transaction_session_timeout', 'tcp_keepalives_idle') order by name`
  const expected = [
    ['idle_in_transaction_session_timeout', '6000'],
    ['statement_timeout', '8000'],
    ['tcp_keepalives_idle', '10'],
    ['TimeZone', 'UTC'],
  ]
  const { rows } = await database.pool.query<{ name: string; setting: string }>(limits)
  expect(rows.map((row) => [row.name, row.setting]).sort()).toEqual([...expected].sort())
  const inside = await database.transact((tx) =>
    tx.$queryRawUnsafe<{ name: string; setting: string }[]>(limits),
  )
  expect(inside.map((row) => [row.name, row.setting]).sort()).toEqual([...expected].sort())
})

test('sessions the server ends are replaced', async () => {
  await database.pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  await database.ping()
  await database.transact(async (tx) => tx.$executeRaw`update counters set n = 1 where id = 2`)
  expect(await read(2)).toBe(1)
})
