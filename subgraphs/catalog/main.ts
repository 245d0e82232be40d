import { runSubgraph } from '#platform/server/run-subgraph.ts'
import { readCatalogConfig } from './config.ts'
import { createCatalog } from './service.ts'

await runSubgraph({
  name: 'catalog',
  readConfig: readCatalogConfig,
  create: createCatalog,
  migrations: new URL('../../prisma/catalog/migrations', import.meta.url),
})
