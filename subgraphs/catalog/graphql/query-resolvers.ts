import { badInput } from '#platform/errors/errors.ts'
import { parsePage, toConnection } from '#platform/graphql/connection.ts'
import type { Resolvers } from '#platform/graphql/build-schema.ts'
import type { CatalogDatabase } from '../data/catalog-database.ts'
import { findVariantByCode } from '../data/find-variant.ts'
import type { Product } from '../data/generated/client.ts'
import { countProducts, listProducts } from '../data/list-products.ts'
import { searchProducts } from '../data/search-products.ts'
import type { SoldIn } from '../data/sold-in-market.ts'
import type { Context, InMarket, Localised, PageArgs } from './context.ts'
import { datePart, idPart, intPart } from './cursor-parts.ts'
import { mapNodes } from './map-nodes.ts'
import { marketAsked } from './market-asked.ts'

/** Text that PostgreSQL can look for; anything else is found nowhere. */
const isText = (text: string, max: number) =>
  text !== '' && text.length <= max && !text.includes('\0') && text.isWellFormed()

function soldInAsked(args: InMarket, now: Date): SoldIn | null {
  const market = marketAsked(args)
  return market === null ? null : { market, now }
}

export function createQueryResolvers({ prisma }: CatalogDatabase): Resolvers {
  return {
    Query: {
      markets: () => prisma.market.findMany({ orderBy: [{ position: 'asc' }, { id: 'asc' }] }),
      market: (_: unknown, { id }: { id: string }, { loaders }: Context) =>
        isText(id, 32) ? loaders.market.load(id) : null,
      product: (_: unknown, { slug }: { slug: string }) =>
        isText(slug, 200) ? prisma.product.findUnique({ where: { slug, status: 'ACTIVE' } }) : null,
      products: async (_: unknown, args: PageArgs & InMarket, { loaders }: Context) => {
        const { limit, after } = parsePage(args, { cursorParts: 2 })
        const soldIn = soldInAsked(args, loaders.now)
        const rows = await listProducts(prisma, soldIn, {
          limit,
          after: after && { publishedAt: datePart(after[0]), id: idPart(after[1]) },
        })
        const keyOf = (row: Product) => [row.publishedAt?.toISOString() ?? '', row.id]
        return {
          ...toConnection(rows, limit, keyOf),
          totalCount: () => countProducts(prisma, soldIn),
        }
      },
      collections: () => prisma.collection.findMany({ orderBy: [{ position: 'asc' }, { id: 'asc' }] }),
      collection: (_: unknown, { slug }: { slug: string }) =>
        isText(slug, 200) ? prisma.collection.findUnique({ where: { slug } }) : null,
      search: async (
        _: unknown,
        args: PageArgs & Localised & InMarket & { query: string },
        { loaders }: Context,
      ) => {
        const { limit, after } = parsePage(args, { cursorParts: 2 })
        // Cheap before exact: a code point is at most two units.
        if (args.query.length > 400 || [...args.query].length > 200) {
          throw badInput('A query has at most 200 characters.', { argument: 'query' })
        }
        const { hits, total } = await searchProducts(prisma, args.query, {
          limit,
          after: after && { score: intPart(after[0]), productId: idPart(after[1]) },
          soldIn: soldInAsked(args, loaders.now),
          locale: args.locale != null && isText(args.locale, 35) ? args.locale : null,
        })
        const page = toConnection(hits, limit, (hit) => [hit.score, hit.product.id])
        return { ...mapNodes(page, (hit) => hit.product), totalCount: total }
      },
      variantByCode: (_: unknown, { code }: { code: string }) =>
        isText(code, 200) ? findVariantByCode(prisma, code.trim()) : null,
    },
  }
}
