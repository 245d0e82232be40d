import type { Resolvers } from '#platform/graphql/build-schema.ts'
import type { Market } from '../data/generated/client.ts'
import { readTranslations } from '../data/json-columns.ts'
import { pickTranslation } from '../domain/translations.ts'
import type { Context, Localised, Reference } from './context.ts'

export const marketResolvers: Resolvers = {
  Market: {
    __resolveReference: ({ id }: Reference, { loaders }: Context) => loaders.market.load(id),
    name: (market: Market, { locale }: Localised) => pickTranslation(readTranslations(market.names), locale),
  },
}
