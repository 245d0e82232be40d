import type { PrismaClient, Product } from './generated/client.ts'

/** Products by id; those that there are none of are missing. */
export async function findProducts(
  prisma: PrismaClient,
  ids: readonly string[],
): Promise<Map<string, Product>> {
  const products = await prisma.product.findMany({ where: { id: { in: [...ids] } } })
  return new Map(products.map((product) => [product.id, product]))
}
