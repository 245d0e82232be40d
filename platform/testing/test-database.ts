// A database of its own for a test file, cloned from a template that is migrated once per run and set of migrations.
import { createHash, randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { ensureDatabase } from '../database/ensure-database.ts'
import { migrate } from '../database/migrate.ts'
import { readMigrations } from '../database/read-migrations.ts'
import { testDatabasePrefix } from './test-database-prefix.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Set by the integration tests' global setup. */
    testServer: { url: string; runId: number }
  }
}

export interface TestDatabase {
  url: string
  /** Also ends the sessions that are still open. What is not dropped goes at the end of the run. */
  drop: () => Promise<void>
}

interface Options {
  /** Rows every clone starts with. `run` fills the template, once per run and `key`. */
  seed?: { key: string; run(url: string): Promise<void> }
  /** Another migrations folder than `prisma/<name>/migrations`. */
  folder?: string
}

/** `name` is the subgraph's. Rejects, never skips, when there is no server: a test without its store has failed. */
export async function createTestDatabase(name: string, options: Options = {}): Promise<TestDatabase> {
  const { url: serverUrl, runId } = inject('testServer')
  const folder = options.folder ?? resolve(import.meta.dirname, '../../prisma', name, 'migrations')
  if (options.folder === undefined && readMigrations(folder).length === 0) {
    throw new Error(`${folder} holds no migration: run "npm run migrate:new -- ${name} first"`)
  }
  const prefix = testDatabasePrefix(runId)
  const database = `${prefix}${name}_${randomBytes(5).toString('hex')}`
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  try {
    const template = `${prefix}${name}_template_${hashOf(folder, options.seed?.key)}`
    await ensureTemplate(admin, serverUrl, template, folder, options.seed)
    await admin.query(`create database ${database} template ${template}`)
  } finally {
    await admin.end()
  }
  return { url: urlOf(serverUrl, database), drop: () => drop(serverUrl, database) }
}

function hashOf(folder: string, seedKey = ''): string {
  const hash = createHash('sha256').update(seedKey)
  for (const migration of readMigrations(folder)) hash.update(`${migration.name} ${migration.checksum}\n`)
  return hash.digest('hex').slice(0, 8)
}

async function ensureTemplate(
  admin: pg.Client,
  serverUrl: string,
  template: string,
  folder: string,
  seed: Options['seed'],
): Promise<void> {
  // Test files run at the same time: the first makes the template, the others wait for it.
  await admin.query('select pg_advisory_lock(hashtextextended($1, 0))', [template])
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [template])
    if (rowCount === 1) return
    // Renamed when complete: a file that failed half-way leaves no half template to the next.
    const draft = `${template}_draft`
    await admin.query(`drop database if exists ${draft} with (force)`)
    const url = urlOf(serverUrl, draft)
    await ensureDatabase(url)
    await migrate({ url, folder })
    await seed?.run(url)
    await admin.query(`alter database ${draft} rename to ${template}`)
  } finally {
    await admin.query('select pg_advisory_unlock(hashtextextended($1, 0))', [template])
  }
}

async function drop(serverUrl: string, database: string): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  try {
    await admin.query(`drop database if exists ${database} with (force)`)
  } finally {
    await admin.end()
  }
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}
