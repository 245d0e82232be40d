// Writes the next migration of a subgraph, without a network and without a database of yours:
//   npm run migrate:new -- orders add_returns          the difference between the migrations and the schema
//   npm run migrate:new -- orders no_overlap --empty   an empty file, for SQL that a schema cannot say (CHECK, EXCLUDE …)
//   npm run migrate:new -- --check [subgraph …]        fails when a schema has changes that no migration holds
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '#embedded/postgres/start-postgres.ts'
import { ensureDatabase } from '#platform/database/ensure-database.ts'
import { subgraphNames } from './generate.ts'
import { schemaDifference } from './schema-engine.ts'

type Difference = (subgraph: string) => Promise<string | null>

const usage =
  'Usage: npm run migrate:new -- <subgraph> <name_of_change> [--empty]   or   npm run migrate:new -- --check'

/** Throws what to tell the user in one line. */
async function main(): Promise<string> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { empty: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
  })
  if (values.check) return check(positionals.length > 0 ? positionals : subgraphNames())
  const [subgraph, name, ...rest] = positionals
  if (subgraph === undefined || name === undefined || rest.length > 0) throw new Error(usage)
  if (!subgraphNames().includes(subgraph))
    throw new Error(`No such subgraph: ${subgraph} (${subgraphNames().join(', ')})`)
  if (!/^[a-z][a-z0-9_]{1,60}$/.test(name))
    throw new Error('Name the change in small letters, digits and underscores')
  if (values.empty) return write(subgraph, name, '-- Say here why the schema cannot express this.\n')
  const sql = await withScratchServer((difference) => difference(subgraph))
  return sql === null
    ? `No change: the migrations of ${subgraph} build its schema`
    : write(subgraph, name, sql)
}

async function check(subgraphs: readonly string[]): Promise<string> {
  const behind: string[] = []
  await withScratchServer(async (difference) => {
    for (const subgraph of subgraphs) {
      const sql = await difference(subgraph)
      if (sql !== null) behind.push(`${subgraph}:\n${firstLines(sql)}`)
    }
  })
  if (behind.length > 0) {
    throw new Error(
      `Schema changes without a migration (npm run migrate:new -- <subgraph> <name>):\n${behind.join('\n')}`,
    )
  }
  return `Migrations build the schemas of ${subgraphs.join(', ')}`
}

function firstLines(sql: string): string {
  const lines = sql.trimEnd().split('\n')
  const shown = lines.slice(0, 12).map((line) => `    ${line}`)
  return [...shown, ...(lines.length > 12 ? [`    … and ${lines.length - 12} lines more`] : [])].join('\n')
}

async function write(subgraph: string, name: string, sql: string): Promise<string> {
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const migrations = join(import.meta.dirname, subgraph, 'migrations')
  const folder = join(migrations, `${stamp}_${name}`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'migration.sql'), sql)
  // The stock tools refuse a migrations folder without it.
  const lockFile = join(migrations, 'migration_lock.toml')
  if (!existsSync(lockFile)) await writeFile(lockFile, 'provider = "postgresql"\n')
  return `prisma/${subgraph}/migrations/${stamp}_${name}/migration.sql`
}

/** The shadow is a PostgreSQL of the moment, not PGlite: migrations may use extensions and everything a real one has. */
async function withScratchServer<T>(work: (difference: Difference) => Promise<T>): Promise<T> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'maison-scratch-'))
  const server = await startPostgres({ dataFolder, fast: true })
  try {
    return await work(async (subgraph) => {
      const url = server.url(`scratch_${subgraph}`)
      await ensureDatabase(url)
      return await schemaDifference(join(import.meta.dirname, subgraph), url)
    })
  } finally {
    await server.stop()
    await rm(dataFolder, { recursive: true, force: true })
    await rm(server.dataFolder, { recursive: true, force: true })
  }
}

try {
  console.log(await main())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
