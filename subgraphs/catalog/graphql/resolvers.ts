import type { Resolvers } from '#platform/graphql/build-schema.ts'
import { collectionResolvers } from './collection-resolvers.ts'
import { createImportResolvers } from './import-resolvers.ts'
import { createMarketResolvers } from './market-resolvers.ts'
import { mediaResolvers } from './media-resolvers.ts'
import { retellCatalog } from './mutations/retell-catalog.ts'
import { productResolvers } from './product-resolvers.ts'
import { createPriceResolvers } from './price-resolvers.ts'
import { createPromotionResolvers } from './promotion-resolvers.ts'
import { createQueryResolvers } from './query-resolvers.ts'
import type { Services } from './services.ts'

export function createResolvers(services: Services): Resolvers {
  const queries = createQueryResolvers(services.database)
  const imports = createImportResolvers(services)
  const markets = createMarketResolvers(services)
  const prices = createPriceResolvers(services)
  const promotions = createPromotionResolvers(services)
  return {
    ...markets,
    ...productResolvers,
    ...mediaResolvers,
    ...collectionResolvers,
    ...imports,
    ...prices,
    ...promotions,
    Query: { ...queries.Query, ...imports.Query, ...promotions.Query },
    Mutation: {
      ...imports.Mutation,
      ...markets.Mutation,
      ...prices.Mutation,
      ...promotions.Mutation,
      retellCatalog: retellCatalog(services),
    },
  }
}
