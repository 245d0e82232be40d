import { join, resolve } from 'node:path'
import { ensureDatabase } from '#platform/database/ensure-database.ts'
import { migrate } from '#platform/database/migrate.ts'
import type { Logger } from '#platform/log/logger.ts'
import { type SubgraphName, subgraphNames } from './house-environment.ts'
import { startPostgres } from './postgres/start-postgres.ts'

export interface HouseDatabases {
  url(subgraph: SubgraphName): string
  /** `17.10, embedded` or the host of a given server. */
  description: string
  isReal: boolean
  stop(): Promise<void>
}

const migrations = resolve(import.meta.dirname, '../prisma')

/**
 * The six databases of the house, `maison_users` and so on, made and migrated: on the given server, else on an embedded
 * PostgreSQL that keeps its data in `dataFolder`.
 */
export async function openDatabases(options: {
  postgresUrl: string | undefined
  dataFolder: string
  /** Gives durability up for speed: for tests. */
  fast?: boolean
  log: Logger
  onProgress: (message: string) => void
}): Promise<HouseDatabases> {
  const { postgresUrl, log, onProgress } = options
  const server = postgresUrl === undefined ? await startEmbedded(options) : givenServer(postgresUrl)
  try {
    onProgress('preparing the six databases')
    await Promise.all(
      subgraphNames.map(async (name) => {
        await ensureDatabase(server.url(name))
        await migrate({ url: server.url(name), folder: join(migrations, name, 'migrations'), log })
      }),
    )
    return server
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function startEmbedded(options: Parameters<typeof openDatabases>[0]): Promise<HouseDatabases> {
  const { dataFolder, fast = false, log, onProgress } = options
  const postgres = await startPostgres({ dataFolder: join(dataFolder, 'postgres'), fast, log, onProgress })
  return {
    url: (subgraph) => postgres.url(`maison_${subgraph}`),
    description: `PostgreSQL ${postgres.version}, in ${postgres.dataFolder}`,
    isReal: false,
    stop: () => postgres.stop(),
  }
}

function givenServer(postgresUrl: string): HouseDatabases {
  const base = new URL(postgresUrl)
  const prefix = base.pathname.length > 1 ? base.pathname.slice(1) : 'maison'
  return {
    url: (subgraph) => {
      const url = new URL(base)
      url.pathname = `/${prefix}_${subgraph}`
      return url.href
    },
    description: base.host,
    isReal: true,
    stop: () => Promise.resolve(),
  }
}
