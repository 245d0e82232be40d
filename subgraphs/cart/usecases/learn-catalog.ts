import type { Tx } from '../data/cart-database.ts'

/** Remembers that there is such a market. */
export async function learnMarket(tx: Tx, marketId: string): Promise<void> {
  await tx.knownMarket.createMany({ data: { id: marketId }, skipDuplicates: true })
}

/** Remembers which variants a product has; one it no longer has can't be put in a cart any more, but stays where it is. */
export async function learnProduct(
  tx: Tx,
  product: { productId: string; variantIds: readonly string[] },
): Promise<void> {
  const { productId, variantIds } = product
  await tx.knownVariant.deleteMany({ where: { productId, id: { notIn: [...variantIds] } } })
  await tx.knownVariant.createMany({
    data: variantIds.map((id) => ({ id, productId })),
    skipDuplicates: true,
  })
}
