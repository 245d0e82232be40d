import type { Resolvers } from '#platform/graphql/build-schema.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { CatalogDatabase } from '../data/catalog-database.ts'
import { collectionResolvers } from './collection-resolvers.ts'
import { createImportResolvers } from './import-resolvers.ts'
import { marketResolvers } from './market-resolvers.ts'
import { mediaResolvers } from './media-resolvers.ts'
import { productResolvers } from './product-resolvers.ts'
import { createQueryResolvers } from './query-resolvers.ts'

export function createResolvers(deps: { database: CatalogDatabase; clock: Clock }): Resolvers {
  const queries = createQueryResolvers(deps.database)
  const imports = createImportResolvers(deps)
  return {
    ...marketResolvers,
    ...productResolvers,
    ...mediaResolvers,
    ...collectionResolvers,
    ...imports,
    Query: { ...queries.Query, ...imports.Query },
  }
}
