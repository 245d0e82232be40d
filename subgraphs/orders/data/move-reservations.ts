import type { Allotment } from './take-goods.ts'
import type { Tx } from './tx.ts'

export type ReservationMove =
  /** Paid. */
  | 'HELD → COMMITTED'
  /** Not paid in time. */
  | 'HELD → EXPIRED'
  /** Called off. */
  | 'HELD → RELEASED'
  /** Left the house. */
  | 'COMMITTED → FULFILLED'

const change: Record<ReservationMove, string> = {
  'HELD → COMMITTED': 'reserved = s.reserved - t.quantity, committed = s.committed + t.quantity',
  'HELD → EXPIRED': 'reserved = s.reserved - t.quantity',
  'HELD → RELEASED': 'reserved = s.reserved - t.quantity',
  'COMMITTED → FULFILLED': 'committed = s.committed - t.quantity, on_hand = s.on_hand - t.quantity',
}

/**
 * Moves the reservations of these orders (of one warehouse only, when it is given) and the counters with them, in one
 * statement that locks the levels in (variant, warehouse) order. Returns the pieces moved by level. The caller holds
 * the orders' rows, so no reservation moves twice.
 */
export async function moveReservations(
  tx: Tx,
  move: ReservationMove,
  of: { orderIds: readonly string[]; warehouseId?: string },
): Promise<Allotment[]> {
  const [from, to] = move.split(' → ')
  const rows = await tx.$queryRawUnsafe<{ variant_id: string; warehouse_id: string; quantity: number }[]>(
    `WITH moved AS (
       UPDATE stock_reservations SET state = $2::reservation_state
        WHERE order_id = ANY ($1::uuid[]) AND state = $3::reservation_state
          AND ($4::uuid IS NULL OR warehouse_id = $4::uuid)
       RETURNING variant_id, warehouse_id, quantity
     ), totals AS (
       SELECT variant_id, warehouse_id, sum(quantity)::int AS quantity FROM moved GROUP BY 1, 2
     ), locked AS MATERIALIZED (
       SELECT l.variant_id, l.warehouse_id, t.quantity
         FROM stock_levels l JOIN totals t USING (variant_id, warehouse_id)
        ORDER BY l.variant_id, l.warehouse_id
          FOR UPDATE OF l
     )
     UPDATE stock_levels s SET ${change[move]}
       FROM locked t
      WHERE s.variant_id = t.variant_id AND s.warehouse_id = t.warehouse_id
     RETURNING s.variant_id, s.warehouse_id, t.quantity`,
    [...of.orderIds],
    to,
    from,
    of.warehouseId ?? null,
  )
  return rows.map((row) => ({
    variantId: row.variant_id,
    warehouseId: row.warehouse_id,
    quantity: row.quantity,
  }))
}
