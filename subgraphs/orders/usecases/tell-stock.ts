import { stockChanged } from '#contracts/orders.ts'
import { emit } from '#platform/outbox/emit.ts'
import { findAvailability } from '../data/find-availability.ts'
import type { Tx } from '../data/tx.ts'

/**
 * Tells what can be bought now of the variants. Once per transaction, after all changes and before the commit.
 *
 * Two transactions may change one variant in two warehouses at once: each would count without the other's change, and
 * the later event would be wrong. So they take turns per variant, in one order, before they count.
 */
export async function tellStock(tx: Tx, variantIds: readonly string[]): Promise<void> {
  const variants = [...new Set(variantIds)].sort()
  if (variants.length === 0) return
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(key)
      FROM (SELECT hashtextextended('stock ' || id, 0) AS key FROM unnest(${variants}::text[]) AS id ORDER BY 1 OFFSET 0) keys`
  const markets = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT unnest(markets) AS id FROM warehouses ORDER BY 1`
  const asked = variants.flatMap((variantId) => markets.map(({ id }) => ({ variantId, marketId: id })))
  const available = await findAvailability(tx, asked)
  for (const [index, variantId] of variants.entries()) {
    await emit(tx, stockChanged, {
      aggregateId: variantId,
      payload: {
        variantId,
        markets: markets.map(({ id }, position) => ({
          marketId: id,
          available: available[index * markets.length + position] ?? 0,
        })),
      },
    })
  }
}
