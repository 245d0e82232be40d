import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '#platform/database/migrate.ts'
import { createTestDatabase } from '#platform/testing/test-database.ts'
import { migrationStatus, schemaDifference } from '../schema-engine.ts'

const workshop = await mkdtemp(join(tmpdir(), 'maison-schema-'))
const migrations = join(workshop, 'migrations')

beforeAll(() => schema())
afterAll(() => rm(workshop, { recursive: true }))

async function schema(moreFields = ''): Promise<void> {
  await writeFile(
    join(workshop, 'schema.prisma'),
    `datasource db {
       provider = "postgresql"
     }
     model Price {
       id        String   @id @db.Uuid
       variantId String   @db.Uuid
       validFrom DateTime @db.Timestamptz(3)
       validTo   DateTime @db.Timestamptz(3)
       amount    BigInt
       ${moreFields}
     }`,
  )
}

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(migrations, name), { recursive: true })
  await writeFile(join(migrations, name, 'migration.sql'), sql)
}

async function blank(): Promise<string> {
  return (await createTestDatabase('blank', { folder: 'none' })).url
}

const difference = async () => schemaDifference(workshop, await blank())

test('the difference is what brings the migrations to the schema, and nothing when they are there', async () => {
  const first = (await difference()) ?? ''
  expect(first).toContain('CREATE TABLE "Price"')
  await write('1_first', first)
  expect(await difference()).toBeNull()

  await write(
    '2_by_hand',
    `create extension if not exists btree_gist;
     alter table "Price" add constraint not_negative check (amount >= 0);
     alter table "Price" add constraint no_overlap
       exclude using gist ("variantId" with =, tstzrange("validFrom", "validTo") with &&);
     create unique index free_once on "Price" ("variantId") where amount = 0;
     create function stamp() returns trigger language plpgsql as $$ begin new.amount := 1; return new; end $$;`,
  )
  expect(await difference()).toBeNull()

  await schema('note String?')
  expect(await difference()).toContain('ALTER TABLE "Price" ADD COLUMN     "note" TEXT')
  await schema()
})

test("Prisma's own engine finds a database we migrated up to date, and sees what we see", async () => {
  const url = await blank()
  await migrate({ url, folder: migrations })
  const agreed = {
    hasMigrationsTable: true,
    editedMigrationNames: [],
    failedMigrationNames: [],
    history: null,
  }
  expect(await migrationStatus(workshop, url)).toEqual(agreed)

  const file = join(migrations, '1_first', 'migration.sql')
  const before = await readFile(file, 'utf8')
  await writeFile(file, `${before}-- edited\n`)
  expect(await migrationStatus(workshop, url)).toMatchObject({ editedMigrationNames: ['1_first'] })
  await writeFile(file, before)

  await write('3_next', 'create table next (id int)')
  expect(await migrationStatus(workshop, url)).toMatchObject({
    history: { diagnostic: 'databaseIsBehind', unappliedMigrationNames: ['3_next'] },
  })
  await rm(join(migrations, '3_next'), { recursive: true })
})

test('a clone of a template holds its seed, and no clone sees another', async () => {
  const insertOne = async (url: string) => {
    await run(url, 'insert into kept values (1)')
  }
  const seed = { key: 'one', run: insertOne }
  const folder = join(workshop, 'seeded')
  await mkdir(join(folder, '1_kept'), { recursive: true })
  await writeFile(join(folder, '1_kept', 'migration.sql'), 'create table kept (id int)')
  const [first, second] = await Promise.all([1, 2].map(() => createTestDatabase('seeded', { folder, seed })))
  await run(first?.url ?? '', 'insert into kept values (2)')
  expect(await run(first?.url ?? '', 'select id from kept order by id')).toEqual([{ id: 1 }, { id: 2 }])
  expect(await run(second?.url ?? '', 'select id from kept')).toEqual([{ id: 1 }])
})

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}
