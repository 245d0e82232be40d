import type { Resolvers } from '#platform/graphql/build-schema.ts'
import { parsePage, toConnection } from '#platform/graphql/connection.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type { Collection } from '../data/generated/client.ts'
import { readTranslations } from '../data/json-columns.ts'
import { pickTranslation } from '../domain/translations.ts'
import type { CollectionItem } from './collection-loaders.ts'
import type { Context, InMarket, Localised, PageArgs, Reference } from './context.ts'
import { idPart, intPart } from './cursor-parts.ts'
import { mapNodes } from './map-nodes.ts'
import { marketAsked } from './market-asked.ts'

export const collectionResolvers: Resolvers = {
  Collection: {
    __resolveReference: ({ id }: Reference, { loaders }: Context) =>
      isUuid(id) ? loaders.collection.load(id.toLowerCase()) : null,
    name: (collection: Collection, { locale }: Localised) =>
      pickTranslation(readTranslations(collection.names), locale),
    description: (collection: Collection, { locale }: Localised) =>
      pickTranslation(readTranslations(collection.descriptions), locale),
    hero: (collection: Collection, _: unknown, { loaders }: Context) =>
      collection.heroId === null ? null : loaders.media.load(collection.heroId),
    products: async ({ id }: Collection, args: PageArgs & InMarket, { loaders }: Context) => {
      const { limit, after } = parsePage(args, { cursorParts: 2 })
      const market = marketAsked(args)
      const place = after && { position: intPart(after[0]), productId: idPart(after[1]) }
      const items = await loaders.collectionPage.load({ id, market, limit, after: place })
      const keyOf = ({ position, product }: CollectionItem) => [position, product.id]
      return {
        ...mapNodes(toConnection(items, limit, keyOf), (item) => item.product),
        totalCount: () => loaders.collectionSize.load({ id, market }),
      }
    },
  },
}
