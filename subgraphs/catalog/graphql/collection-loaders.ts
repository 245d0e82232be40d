import DataLoader from 'dataloader'
import { rowById } from '#platform/graphql/row-loaders.ts'
import { findProducts } from '../data/find-products.ts'
import { type Collection, Prisma, type PrismaClient, type Product } from '../data/generated/client.ts'
import { isSoldInMarket } from '../data/sold-in-market.ts'

/** The products of a collection; only those sold in a market when one is named. */
interface CollectionPart {
  id: string
  market: string | null
}

/** A page of them: behind the one at this place, or from the first. */
export interface CollectionPage extends CollectionPart {
  limit: number
  after: { position: number; productId: string } | null
}

export interface CollectionItem {
  position: number
  product: Product
}

export function createCollectionLoaders(prisma: PrismaClient, now: Date) {
  return {
    collection: rowById((ids) => prisma.collection.findMany({ where: { id: { in: ids } } })),
    /** The collections a product is shown in. */
    collectionsOf: new DataLoader<string, Collection[]>(async (ids) => {
      const rows = await prisma.collectionProduct.findMany({
        where: { productId: { in: [...ids] } },
        include: { collection: true },
        orderBy: [{ collection: { position: 'asc' } }, { collectionId: 'asc' }],
      })
      return ids.map((id) => rows.filter((row) => row.productId === id).map((row) => row.collection))
    }),
    /** One item more than the limit when more follow; only what is on sale. */
    collectionPage: new DataLoader<CollectionPage, CollectionItem[], string>(
      (pages) => readPages(prisma, pages, now),
      { cacheKeyFn: JSON.stringify },
    ),
    collectionSize: new DataLoader<CollectionPart, number, string>((parts) => readSizes(prisma, parts, now), {
      cacheKeyFn: JSON.stringify,
    }),
  }
}

// Of the tables as both statements below name them.
const isShown = (now: Date) => Prisma.sql`
  product.status = 'ACTIVE'
    AND (asked.market IS NULL OR ${isSoldInMarket(Prisma.sql`product.id`, Prisma.sql`asked.market`, now)})`

async function readSizes(
  prisma: PrismaClient,
  parts: readonly CollectionPart[],
  now: Date,
): Promise<number[]> {
  const rows = await prisma.$queryRaw<{ part: number; size: number }[]>`
    SELECT asked.part::int AS part, count(*)::int AS size
    FROM unnest(${parts.map((part) => part.id)}::uuid[], ${parts.map((part) => part.market)}::text[])
      WITH ORDINALITY AS asked (id, market, part)
    JOIN collection_products member ON member.collection_id = asked.id
    JOIN products product ON product.id = member.product_id
    WHERE ${isShown(now)}
    GROUP BY asked.part`
  const sizes = new Map(rows.map((row) => [row.part, row.size]))
  return parts.map((_, index) => sizes.get(index + 1) ?? 0)
}

// Two statements for all pages together: which products, and the products.
async function readPages(
  prisma: PrismaClient,
  pages: readonly CollectionPage[],
  now: Date,
): Promise<CollectionItem[][]> {
  const places = await prisma.$queryRaw<{ page: number; productId: string; position: number }[]>`
    SELECT asked.page::int AS page, place.product_id AS "productId", place.position
    FROM unnest(
      ${pages.map((page) => page.id)}::uuid[],
      ${pages.map((page) => page.market)}::text[],
      ${pages.map((page) => page.limit + 1)}::int[],
      ${pages.map((page) => page.after?.position ?? -1)}::int[],
      ${pages.map((page) => page.after?.productId ?? '00000000-0000-0000-0000-000000000000')}::uuid[]
    ) WITH ORDINALITY AS asked (id, market, most, position, product_id, page)
    CROSS JOIN LATERAL (
      SELECT member.product_id, member.position
      FROM collection_products member JOIN products product ON product.id = member.product_id
      WHERE member.collection_id = asked.id AND ${isShown(now)}
        AND (member.position, member.product_id) > (asked.position, asked.product_id)
      ORDER BY member.position, member.product_id
      LIMIT asked.most
    ) place
    ORDER BY asked.page, place.position, place.product_id`
  const ids = [...new Set(places.map((place) => place.productId))]
  const productById = await findProducts(prisma, ids)
  const items = pages.map((): CollectionItem[] => [])
  for (const { page, productId, position } of places) {
    const product = productById.get(productId)
    if (product) items[page - 1]?.push({ position, product })
  }
  return items
}
