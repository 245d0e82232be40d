import type { Parts } from '#platform/server/parts.ts'
import type { Subgraph } from '#platform/server/subgraph.ts'
import type { CatalogConfig } from './config.ts'
import { onImportStarted } from './consumers/on-import-started.ts'
import { onStockChanged } from './consumers/on-stock-changed.ts'
import { type CatalogDatabase, openCatalogDatabase, type Tx } from './data/catalog-database.ts'
import { createLoaders, type Loaders } from './graphql/loaders.ts'
import { createResolvers } from './graphql/resolvers.ts'
import { receiveUpload } from './routes/receive-upload.ts'
import { serveMedia } from './routes/serve-media.ts'
import { retellDue } from './usecases/retell-due.ts'
import { runImports } from './usecases/run-imports.ts'
import { runRetelling } from './usecases/run-retelling.ts'

/** The catalog subgraph, whose database is its own type for those who load data through its use cases. */
export interface Catalog extends Subgraph<Tx, Loaders> {
  readonly database: CatalogDatabase
}

export function createCatalog(config: CatalogConfig, parts: Parts): Catalog {
  const { blobs, clock } = parts
  const log = parts.log.child({ subgraph: 'catalog' })
  const database = openCatalogDatabase({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL, log })
  return {
    name: 'catalog',
    schemaFile: new URL('./schema.graphql', import.meta.url),
    resolvers: createResolvers({ database, clock }),
    createLoaders: () => createLoaders(database.prisma, clock.now()),
    consumers: [onImportStarted, onStockChanged],
    jobs: [
      {
        name: 'imports',
        everyMs: config.IMPORT_POLL_MS,
        run: (signal) => runImports({ database, blobs, clock, log }, signal),
      },
      {
        name: 'due',
        everyMs: config.DUE_POLL_MS,
        run: (signal) => retellDue({ database, clock }, signal),
      },
      {
        name: 'retelling',
        everyMs: config.DUE_POLL_MS,
        run: (signal) => runRetelling({ database, clock }, signal),
      },
    ],
    routes: [receiveUpload({ database, blobs, maxBytes: config.UPLOAD_MAX_BYTES }), serveMedia(blobs)],
    database,
  }
}
