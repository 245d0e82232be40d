// Prisma's own schema engine, as WebAssembly: the native one is not in the package and would have to be downloaded.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory, SqlQuery } from '@prisma/driver-adapter-utils'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import type { DiagnoseMigrationHistoryOutput, MigrationList } from '@prisma/schema-engine-wasm'
import { SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'
import { readMigrations } from '#platform/database/read-migrations.ts'

// The engine tells of its own faults through this global; without it each one reads "undefined has no set_message".
Object.assign(globalThis, {
  PRISMA_WASM_PANIC_REGISTRY: {
    set_message: (message: string) => {
      console.error(message)
    },
  },
})

/**
 * The SQL that leads from what the migrations build to what the schema says; null when that is the same. `folder` holds
 * `schema.prisma` and `migrations/`; `scratchUrl` names an empty database, where the migrations are played.
 */
export async function schemaDifference(folder: string, scratchUrl: string): Promise<string | null> {
  const schemaFile = join(folder, 'schema.prisma')
  const files = [{ path: schemaFile, content: readFileSync(schemaFile, 'utf8') }]
  const { stdout } = await withEngine(scratchUrl, (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...migrationList(folder) },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: noFilter,
    }),
  )
  return stdout === null || isEmptyScript(stdout) ? null : stdout
}

/** What `prisma migrate status` would find at `url`: `history` is null when the database is up to date. */
export function migrationStatus(folder: string, url: string): Promise<DiagnoseMigrationHistoryOutput> {
  return withEngine(url, (engine) =>
    engine.diagnoseMigrationHistory({
      migrationsList: migrationList(folder),
      optInToShadowDatabase: false,
      filters: noFilter,
    }),
  )
}

const noFilter = { externalTables: [], externalEnums: [] }

async function withEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  const adapter = bindMigrationAwareSqlAdapterFactory(scratchAdapter(pool))
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter)
  try {
    return await work(engine)
  } finally {
    engine.free()
    await pool.end()
  }
}

function migrationList(folder: string): MigrationList {
  return {
    baseDir: join(folder, 'migrations'),
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: readMigrations(join(folder, 'migrations')).map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}

function isEmptyScript(script: string): boolean {
  return script.split('\n').every((line) => line.trim() === '' || line.startsWith('--'))
}

// The stock adapter with three things mended: it cuts a script at every semicolon, also inside a function's body; it
// does not know PostgreSQL's internal "char", which the engine reads from the catalog and panics on when it is text; and
// it would create and drop a shadow database of its own, where the scratch database is ours already.
function scratchAdapter(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const charColumns = new WeakMap<unknown[][], number[]>()
  const runScript = (script: string) => pool.query(script)
  const runQuery = pool.query.bind(pool) as (query: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult>
  const noting = Object.assign(Object.create(pool) as pg.Pool, {
    query: async (query: pg.QueryArrayConfig) => {
      const result = await runQuery(query)
      const chars = [...result.fields.keys()].filter((index) => result.fields[index]?.dataTypeID === charType)
      for (const index of chars) Object.assign(result.fields[index] ?? {}, { dataTypeID: textType })
      charColumns.set(result.rows, chars)
      return result
    },
  })
  const factory = new PrismaPg(noting)
  const connect: SqlMigrationAwareDriverAdapterFactory['connect'] = async () => {
    const adapter = await factory.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    return Object.assign(adapter, {
      queryRaw: async (query: SqlQuery) => {
        const result = await queryRaw(query)
        for (const index of charColumns.get(result.rows) ?? [])
          result.columnTypes[index] = ColumnTypeEnum.Character
        return result
      },
      executeScript: async (script: string) => {
        await runScript(script)
      },
    })
  }
  return { provider: factory.provider, adapterName: factory.adapterName, connect, connectToShadowDb: connect }
}

// Type numbers of PostgreSQL's own catalog.
const charType = 18
const textType = 25
