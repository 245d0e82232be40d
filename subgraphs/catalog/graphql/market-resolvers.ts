import type { Resolvers } from '#platform/graphql/build-schema.ts'
import type { Market } from '../data/generated/client.ts'
import { readTaxRates, readTranslations } from '../data/json-columns.ts'
import { pickTranslation } from '../domain/translations.ts'
import type { Context, Localised, Reference } from './context.ts'
import { saveMarket } from './mutations/save-market.ts'
import type { Services } from './services.ts'

export function createMarketResolvers(services: Services): Resolvers {
  return {
    Mutation: { saveMarket: saveMarket(services) },
    Market: {
      __resolveReference: ({ id }: Reference, { loaders }: Context) => loaders.market.load(id),
      name: (market: Market, { locale }: Localised) =>
        pickTranslation(readTranslations(market.names), locale),
      names: (market: Market) =>
        Object.entries(readTranslations(market.names)).map(([locale, text]) => ({ locale, text })),
      taxRates: (market: Market) => readTaxRates(market.taxRates),
    },
    SaveMarketResult: { __resolveType: (outcome: { kind: string }) => outcome.kind },
    SaveMarketSuccess: {
      market: ({ marketId }: { marketId: string }, _: unknown, { loaders }: Context) =>
        loaders.market.load(marketId),
    },
  }
}
