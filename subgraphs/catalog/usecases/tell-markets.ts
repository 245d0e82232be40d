import { marketChanged } from '#contracts/catalog.ts'
import { emitAll } from '#platform/outbox/emit-all.ts'
import type { Tx } from '../data/catalog-database.ts'
import { toMarketSnapshot } from '../data/stored-market.ts'

/** Tells what these markets are now, or all of them; their rows are locked until the end of `tx`. */
export async function tellMarkets(tx: Tx, marketIds: readonly string[] | 'all'): Promise<void> {
  const ids = marketIds === 'all' ? null : [...marketIds]
  await tx.$queryRaw`
    SELECT id FROM markets WHERE ${ids}::text[] IS NULL OR id = ANY(${ids}::text[]) ORDER BY id FOR UPDATE`
  const rows = await tx.market.findMany({
    ...(ids && { where: { id: { in: ids } } }),
    orderBy: { id: 'asc' },
  })
  await emitAll(
    tx,
    marketChanged,
    rows.map((row) => ({ aggregateId: row.id, market: row.id, payload: toMarketSnapshot(row) })),
  )
}
