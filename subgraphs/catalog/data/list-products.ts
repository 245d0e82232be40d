import { findProducts } from './find-products.ts'
import { Prisma, type PrismaClient, type Product } from './generated/client.ts'
import { isSoldInMarket, type SoldIn } from './sold-in-market.ts'

export interface ProductPage {
  limit: number
  after: { publishedAt: Date; id: string } | null
}

/** Products on sale, newest first, in one market only when asked so. One more than the limit when more follow. */
export async function listProducts(
  prisma: PrismaClient,
  soldIn: SoldIn | null,
  { limit, after }: ProductPage,
): Promise<Product[]> {
  const behind = after
    ? Prisma.sql`AND (product.published_at, product.id) < (${after.publishedAt}::timestamptz, ${after.id}::uuid)`
    : Prisma.empty
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT product.id FROM products product
    WHERE ${isListed(soldIn)} ${behind}
    ORDER BY product.published_at DESC, product.id DESC
    LIMIT ${limit + 1}`
  const ids = rows.map((row) => row.id)
  const products = await findProducts(prisma, ids)
  return ids.flatMap((id) => products.get(id) ?? [])
}

export async function countProducts(prisma: PrismaClient, soldIn: SoldIn | null): Promise<number> {
  const [counted] = await prisma.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM products product WHERE ${isListed(soldIn)}`
  return counted?.total ?? 0
}

function isListed(soldIn: SoldIn | null): Prisma.Sql {
  const onSale = Prisma.sql`product.status = 'ACTIVE'`
  if (!soldIn) return onSale
  return Prisma.sql`${onSale} AND ${isSoldInMarket(Prisma.sql`product.id`, Prisma.sql`${soldIn.market}`, soldIn.now)}`
}
