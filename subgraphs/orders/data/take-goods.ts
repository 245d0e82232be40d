import type { Tx } from './tx.ts'

/** Pieces of one variant in one warehouse. */
export interface Allotment {
  variantId: string
  warehouseId: string
  quantity: number
}

export type TakeGoodsOutcome =
  | { kind: 'Taken'; allotments: Allotment[] }
  /** Nothing was changed. */
  | { kind: 'Short'; lines: { variantId: string; available: number }[] }

type Counter = 'reserved' | 'committed' | 'gone'

const change: Record<Counter, string> = {
  reserved: 'reserved = s.reserved + a.take',
  committed: 'committed = s.committed + a.take',
  gone: 'on_hand = s.on_hand - a.take',
}

/**
 * Takes all of the wanted pieces (one line per variant) or none. `from` is either one warehouse or a market, whose
 * warehouses are asked by priority.
 *
 * Two statements. The first locks the levels in (variant, warehouse) order, so that two orders never wait for each
 * other. The second begins after the wait and so sees what the others left: in one statement with the lock, the UPDATE
 * would start from the version before the wait, and trip over the CHECK when a level was filled meanwhile.
 */
export async function takeGoods(
  tx: Tx,
  wanted: readonly { variantId: string; quantity: number }[],
  from: { market: string } | { warehouseId: string },
  as: Counter,
): Promise<TakeGoodsOutcome> {
  const isMarket = 'market' in from
  const levels = `stock_levels l JOIN warehouses w ON w.id = l.warehouse_id
        WHERE l.variant_id = ANY ($1::uuid[]) AND ${isMarket ? '$2::text = ANY (w.markets)' : 'w.id = $2::uuid'}`
  const variantIds = wanted.map((line) => line.variantId)
  const place = isMarket ? from.market : from.warehouseId
  await tx.$executeRawUnsafe(
    `SELECT FROM ${levels} ORDER BY l.variant_id, l.warehouse_id FOR UPDATE OF l`,
    variantIds,
    place,
  )
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `WITH wanted AS (
       SELECT * FROM unnest($1::uuid[], $3::int[]) AS w (variant_id, quantity)
     ), levels AS MATERIALIZED (
       SELECT l.variant_id, l.warehouse_id, w.priority, l.on_hand - l.reserved - l.committed AS free
         FROM ${levels}
     ), short AS MATERIALIZED (
       SELECT variant_id, coalesce(sum(l.free), 0)::int AS available
         FROM wanted LEFT JOIN levels l USING (variant_id)
        GROUP BY variant_id, quantity
       HAVING coalesce(sum(l.free), 0) < quantity
     ), queue AS (
       SELECT variant_id, warehouse_id, free, quantity, sum(free) OVER before - free AS earlier
         FROM levels JOIN wanted USING (variant_id)
       WINDOW before AS (PARTITION BY variant_id ORDER BY priority, warehouse_id)
     ), allotted AS MATERIALIZED (
       SELECT variant_id, warehouse_id, least(free, quantity - earlier)::int AS take
         FROM queue
        WHERE free > 0 AND quantity > earlier AND NOT EXISTS (SELECT FROM short)
     ), taken AS (
       UPDATE stock_levels s SET ${change[as]}
         FROM allotted a
        WHERE s.variant_id = a.variant_id AND s.warehouse_id = a.warehouse_id
          AND s.on_hand - s.reserved - s.committed >= a.take
       RETURNING s.variant_id, s.warehouse_id, a.take
     )
     SELECT variant_id, warehouse_id, take AS quantity FROM taken
      UNION ALL
     SELECT variant_id, NULL, available FROM short`,
    variantIds,
    place,
    wanted.map((line) => line.quantity),
  )
  const short = rows.filter((row) => row.warehouse_id === null)
  if (short.length > 0) {
    return {
      kind: 'Short',
      lines: short.map((row) => ({ variantId: row.variant_id, available: row.quantity })),
    }
  }
  const allotments = rows.map((row) => ({
    variantId: row.variant_id,
    warehouseId: row.warehouse_id ?? '',
    quantity: row.quantity,
  }))
  const pieces = (lines: readonly { quantity: number }[]) => lines.reduce((sum, l) => sum + l.quantity, 0)
  if (pieces(allotments) !== pieces(wanted)) throw new Error('The goods taken are not the goods wanted')
  return { kind: 'Taken', allotments }
}

interface Row {
  variant_id: string
  warehouse_id: string | null
  quantity: number
}
