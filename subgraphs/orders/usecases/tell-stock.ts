import { stockBack, stockChanged, stockLow } from '#contracts/orders.ts'
import { emitAll } from '#platform/outbox/emit-all.ts'
import { findStockPictures, saveStockNotices, type VariantPicture } from '../data/stock-notices.ts'
import type { Tx } from '../data/tx.ts'
import { decideNotices, type NoticeDecision } from '../domain/stock-notices.ts'

/**
 * Tells what can be bought now of the variants, where one is back and where one has become low. Once per transaction, after
 * all changes and before the commit. Three statements, however many variants, and another one for each kind of notice.
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
  const seen = (await findStockPictures(tx, variants)).map((picture) => ({
    picture,
    decision: decideNotices(picture, picture.before),
  }))
  await emitAll(
    tx,
    stockChanged,
    seen.map(({ picture: { variantId, markets } }) => ({
      aggregateId: variantId,
      payload: {
        variantId,
        markets: Object.keys(markets)
          .sort()
          .map((marketId) => ({ marketId, available: markets[marketId] ?? 0 })),
      },
    })),
  )
  const changed = seen.filter(({ decision }) => decision.isChanged)
  if (changed.length === 0) return
  await saveStockNotices(
    tx,
    changed.map(({ picture: { variantId }, decision: { soldOutMarkets, lowWarehouses } }) => ({
      variantId,
      soldOutMarkets,
      lowWarehouses,
    })),
  )
  await emitAll(tx, stockBack, changed.flatMap(toBack))
  await emitAll(tx, stockLow, changed.flatMap(toLow))
}

interface Seen {
  picture: VariantPicture
  decision: NoticeDecision
}

function toBack({ picture: { variantId }, decision: { backIn } }: Seen) {
  return backIn.length === 0 ? [] : [{ aggregateId: variantId, payload: { variantId, marketIds: backIn } }]
}

function toLow({ picture: { variantId, sku, marked }, decision: { fellIn } }: Seen) {
  return marked
    .filter(({ warehouseId }) => fellIn.includes(warehouseId))
    .map(({ free, ...mark }) => ({
      aggregateId: `${variantId} ${mark.warehouseId}`,
      payload: { variantId, sku, ...mark, available: free },
    }))
}
