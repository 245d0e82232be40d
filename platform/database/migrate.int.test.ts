import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../testing/test-database.ts'
import { ensureDatabase } from './ensure-database.ts'
import { migrate } from './migrate.ts'

const workshop = await mkdtemp(join(tmpdir(), 'maison-migrate-'))
let folder = ''
let url = ''

beforeEach(async () => {
  folder = await mkdtemp(join(workshop, 'migrations-'))
  const database = await createTestDatabase('blank', { folder: join(workshop, 'none') })
  url = database.url
  return database.drop
})

afterAll(() => rm(workshop, { recursive: true }))

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true })
  await writeFile(join(folder, name, 'migration.sql'), sql)
}

async function query<Row extends pg.QueryResultRow>(sql: string, on = url): Promise<Row[]> {
  const client = new pg.Client({ connectionString: on })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

const tables = async () =>
  (
    await query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    )
  ).map((row) => row.name)

test('migrations apply once, in the order of their names', async () => {
  await write('2_then', 'alter table first add column more int')
  await write('1_first', 'create table first (id int)')
  expect(await migrate({ url, folder })).toEqual(['1_first', '2_then'])
  expect(await migrate({ url, folder })).toEqual([])
  await write('3_last', 'create table last (id int)')
  expect(await migrate({ url, folder })).toEqual(['3_last'])
  expect(await tables()).toEqual(['_prisma_migrations', 'first', 'last'])
})

test('a migration that fails leaves nothing of itself, and those before it stay', async () => {
  await write('1_good', 'create table good (id int)')
  await write('2_bad', 'create table half (id int); insert into half values (1); select 1 / 0')
  await expect(migrate({ url, folder })).rejects.toThrow(
    'Migration 2_bad failed and was rolled back: division by zero',
  )
  expect(await tables()).toEqual(['_prisma_migrations', 'good'])
  await write('2_bad', 'create table whole (id int)')
  expect(await migrate({ url, folder })).toEqual(['2_bad'])
})

test('a migration may not end its transaction', async () => {
  await write('1_sly', 'create table sly (id int); commit; begin; select 1')
  await expect(migrate({ url, folder })).rejects.toThrow('1_sly')
  expect(await query('select migration_name from _prisma_migrations')).toEqual([])
})

test('a function with semicolons in its body is one statement', async () => {
  await write(
    '1_f',
    `create function f() returns int language plpgsql as $$ begin perform 1; return 2; end $$;`,
  )
  await migrate({ url, folder })
  expect(await query('select f()')).toEqual([{ f: 2 }])
})

test('an applied migration that was edited is refused by its name', async () => {
  await write('1_first', 'create table first (id int)')
  await migrate({ url, folder })
  await write('1_first', 'create table first (id bigint)')
  await expect(migrate({ url, folder })).rejects.toThrow(
    'Migration 1_first was edited after it had been applied',
  )
})

test('a migration another tool left unfinished is refused by its name', async () => {
  await write('1_first', 'create table first (id int)')
  await migrate({ url, folder })
  await query('update _prisma_migrations set finished_at = null')
  await expect(migrate({ url, folder })).rejects.toThrow(
    '1_first was started by another tool and never finished',
  )
})

test('a database that is ahead of the release starts', async () => {
  await write('1_first', 'create table first (id int)')
  await write('2_newer', 'create table newer (id int)')
  await migrate({ url, folder })
  await rm(join(folder, '2_newer'), { recursive: true })
  expect(await migrate({ url, folder })).toEqual([])
})

test('processes that start together apply each migration once', async () => {
  await write('1_first', 'create table first (id int); select pg_sleep(0.2)')
  await write('2_then', 'create table then_ (id int)')
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate({ url, folder })))
  expect(applied.flat().sort()).toEqual(['1_first', '2_then'])
})

test('a missing database is created, also by two at once, and an existing one is left alone', async () => {
  const missing = new URL(url)
  missing.pathname += '_missing'
  await Promise.all([1, 2, 3].map(() => ensureDatabase(missing.href)))
  await query('create table kept (id int)', missing.href)
  await ensureDatabase(missing.href)
  expect(await query('select * from kept', missing.href)).toEqual([])
})

test('an unreachable server is told, not created around', async () => {
  await expect(ensureDatabase('postgres://postgres@127.0.0.1:1/x')).rejects.toThrow('ECONNREFUSED')
})
