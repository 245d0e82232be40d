import type { Resolvers } from '#platform/graphql/build-schema.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type { Media } from '../data/generated/client.ts'
import { readDerivatives, readTranslations } from '../data/json-columns.ts'
import { mediaUrl } from '../data/media-url.ts'
import { pickTranslation } from '../domain/translations.ts'
import type { Context, Localised, Reference } from './context.ts'

export const mediaResolvers: Resolvers = {
  Media: {
    __resolveReference: ({ id }: Reference, { loaders }: Context) =>
      isUuid(id) ? loaders.media.load(id.toLowerCase()) : null,
    alt: (media: Media, { locale }: Localised) => pickTranslation(readTranslations(media.alt), locale),
    derivatives: (media: Media) =>
      readDerivatives(media.derivatives).map((derivative) => ({
        ...derivative,
        url: mediaUrl(media.fingerprint, derivative),
      })),
  },
}
