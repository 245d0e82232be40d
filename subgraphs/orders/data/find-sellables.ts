import type { SellableVariant } from '../domain/pricing/sellable.ts'
import type { Tx } from './tx.ts'

/** The variants of these ids that orders has heard of, with their prices of every market. */
export async function findSellables(
  tx: Pick<Tx, 'sellable'>,
  variantIds: readonly string[],
): Promise<Map<string, SellableVariant & { isSerialized: boolean }>> {
  const rows = await tx.sellable.findMany({
    where: { variantId: { in: [...variantIds] } },
    include: { prices: true },
  })
  return new Map(
    rows.map((row) => [
      row.variantId,
      // Both were checked by the event's schema before they were stored.
      {
        ...row,
        names: row.names as Record<string, string>,
        optionsLabels: row.optionsLabels as Record<string, string>,
      },
    ]),
  )
}
