// Applies a folder of Prisma migrations at run time, without Prisma: same files, same `_prisma_migrations` table, same
// checksums and same advisory lock, so that the stock `prisma migrate status` agrees with what was done here.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Logger } from '../log/logger.ts'
import type { Migration } from './read-migrations.ts'
import { readMigrations } from './read-migrations.ts'

/** Prisma's own: a stock `prisma migrate deploy` at the same moment waits too. */
const migrationLock = 72707369

/**
 * Brings the database up to the folder and returns the names of what it applied. Each migration is one transaction: one
 * that fails leaves nothing behind, those before it stay. An applied migration whose file was edited since is an error.
 * A migration the folder does not know is only logged: during a rolling deployment the older release starts like that.
 * Several processes may call it at once. Needs a direct connection, no transaction pooler (the lock is the session's).
 */
export async function migrate(options: { url: string; folder: string; log?: Logger }): Promise<string[]> {
  const { log } = options
  const migrations = readMigrations(options.folder)
  const client = new pg.Client({ connectionString: options.url, keepAlive: true })
  // A connection lost between two queries raises 'error'; the next query rejects with it, so nothing is lost here.
  client.on('error', (error) => log?.warn({ err: error }, 'the migration connection was lost'))
  await client.connect()
  try {
    await lock(client, log)
    await client.query(migrationsTable)
    const pending = compare(migrations, await readApplied(client), log)
    for (const migration of pending) {
      await apply(client, migration)
      log?.info({ migration: migration.name }, 'migration applied')
    }
    return pending.map((migration) => migration.name)
  } finally {
    await client.end() // gives the lock back as well
  }
}

async function lock(client: pg.Client, log: Logger | undefined): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [
    migrationLock,
  ])
  if (rows[0]?.free === true) return
  log?.info('another process is migrating this database, waiting for it')
  await client.query(`set statement_timeout = '120s'`)
  await client.query('select pg_advisory_lock($1)', [migrationLock])
  await client.query('reset statement_timeout')
}

interface Applied {
  migration_name: string
  checksum: string
  finished: boolean
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(
    `select migration_name, checksum, finished_at is not null as finished
       from _prisma_migrations where rolled_back_at is null order by migration_name`,
  )
  return rows
}

function compare(
  migrations: readonly Migration[],
  applied: readonly Applied[],
  log: Logger | undefined,
): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const row of applied) {
    const migration = known.get(row.migration_name)
    if (!row.finished) {
      throw new Error(
        `Migration ${row.migration_name} was started by another tool and never finished: repair the database, then run "prisma migrate resolve"`,
      )
    }
    if (migration === undefined) {
      log?.warn(
        { migration: row.migration_name },
        'the database is ahead: it has a migration this release does not know',
      )
    } else if (migration.checksum !== row.checksum) {
      throw new Error(
        `Migration ${row.migration_name} was edited after it had been applied: restore the file and write a new migration`,
      )
    }
  }
  const done = new Set(applied.map((row) => row.migration_name))
  return migrations.filter((migration) => !done.has(migration.name))
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    const before = await transactionId(client)
    // A change that cannot get its table must not stop everyone who queues behind it.
    await client.query(`set local lock_timeout = '10s'`)
    await client.query(migration.sql)
    if ((await transactionId(client)) !== before)
      throw new Error('it must not begin or end transactions itself')
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the first error is the one to tell
    const said = error instanceof Error ? error.message : String(error)
    throw new Error(`Migration ${migration.name} failed and was rolled back: ${said}`, { cause: error })
  }
}

async function transactionId(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id')
  return rows[0]?.id
}

const migrationsTable = `create table if not exists _prisma_migrations (
  id                  varchar(36) primary key not null,
  checksum            varchar(64) not null,
  finished_at         timestamptz,
  migration_name      varchar(255) not null,
  logs                text,
  rolled_back_at      timestamptz,
  started_at          timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`
