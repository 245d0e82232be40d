// Prisma clients are not committed: `npm run generate [subgraph …]` makes those that are missing or stale.
import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const prismaFolder = import.meta.dirname
const root = dirname(prismaFolder)
const prismaPackage = join(root, 'node_modules', 'prisma')
const outputLine = /^(\s*output\s*=\s*)"([^"]+)"/m

/** Names of all subgraphs that keep a database: the folders here that hold a schema. */
export function subgraphNames(): string[] {
  return readdirSync(prismaFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(prismaFolder, entry.name, 'schema.prisma')))
    .map((entry) => entry.name)
    .sort()
}

/**
 * Generates the clients that are missing or were made from another schema or Prisma version; returns their names.
 * Safe to call from several processes at once: each client is swapped in whole. Takes milliseconds when all are fresh.
 */
export async function ensureGenerated(names: readonly string[] = subgraphNames()): Promise<string[]> {
  const stale = names.map(describe).filter((client) => client.madeFrom !== client.hash)
  const queue = stale.values()
  // Two at a time: each is one process that keeps one core busy for about a second.
  await Promise.all(
    [0, 1].map(async () => {
      for (const client of queue) await generate(client)
    }),
  )
  return stale.map((client) => client.name)
}

interface Client {
  name: string
  schema: string
  hash: string
  madeFrom: string | null
  output: string
}

function describe(name: string): Client {
  const file = join(prismaFolder, name, 'schema.prisma')
  if (!existsSync(file)) throw new Error(`There is no prisma/${name}/schema.prisma`)
  const schema = readFileSync(file, 'utf8')
  const target = outputLine.exec(schema)?.[2]
  if (target === undefined) throw new Error(`prisma/${name}/schema.prisma: the generator names no output`)
  const output = resolve(prismaFolder, name, target)
  const { version } = JSON.parse(readFileSync(join(prismaPackage, 'package.json'), 'utf8')) as {
    version: string
  }
  return { name, schema, output, madeFrom: readMark(output), hash: sha256(`${version}\n${schema}`) }
}

async function generate(client: Client): Promise<void> {
  // Made beside its place and renamed into it: a reader never sees half a client.
  const workshop = join(dirname(client.output), `.generating-${randomUUID()}`)
  const made = join(workshop, 'generated')
  await mkdir(workshop, { recursive: true })
  try {
    const schemaFile = join(workshop, 'schema.prisma')
    await writeFile(schemaFile, client.schema.replace(outputLine, '$1"./generated"'))
    await run(
      process.execPath,
      [join(prismaPackage, 'build/index.js'), 'generate', '--no-hints', '--schema', schemaFile],
      {
        cwd: root,
        env: {
          ...process.env,
          // `generate` only checks that the schema engine exists; it is not in the package and could not be downloaded
          // offline. No migration command may ever be run this way: it would do nothing and exit 0.
          PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
          CHECKPOINT_DISABLE: '1',
          PRISMA_HIDE_UPDATE_MESSAGE: '1',
        },
      },
    )
    await writeFile(join(made, '.made-from'), client.hash)
    await swapIn(made, client, join(workshop, 'old'))
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw new Error(`Prisma client of ${client.name}: ${said || String(error)}`, { cause: error })
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}

async function swapIn(made: string, client: Client, old: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      if (existsSync(client.output)) await rename(client.output, `${old}-${attempt}`)
      await rename(made, client.output)
      return
    } catch (error) {
      if (readMark(client.output) === client.hash) return // another process was first, with the same result
      if (attempt === 5) throw error
    }
  }
}

function readMark(output: string): string | null {
  const mark = join(output, '.made-from')
  return existsSync(mark) ? readFileSync(mark, 'utf8') : null
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

if (import.meta.main) {
  const names = process.argv.slice(2)
  const made = await ensureGenerated(names.length > 0 ? names : undefined)
  console.log(made.length > 0 ? `Generated: ${made.join(', ')}` : 'All Prisma clients are fresh')
}
