import type { Allotment } from '../domain/allocate-goods.ts'
import type { Tx } from './tx.ts'

export type ReservationMove =
  /** Paid. */
  | 'HELD → COMMITTED'
  /** Not paid in time. */
  | 'HELD → EXPIRED'
  /** Called off. */
  | 'HELD → RELEASED'
  /** Called off after it was paid. */
  | 'COMMITTED → RELEASED'
  /** Left the house. */
  | 'COMMITTED → FULFILLED'

const change: Record<ReservationMove, string> = {
  'HELD → COMMITTED': 'reserved = s.reserved - t.quantity, committed = s.committed + t.quantity',
  'HELD → EXPIRED': 'reserved = s.reserved - t.quantity',
  'HELD → RELEASED': 'reserved = s.reserved - t.quantity',
  'COMMITTED → RELEASED': 'committed = s.committed - t.quantity',
  'COMMITTED → FULFILLED': 'committed = s.committed - t.quantity, on_hand = s.on_hand - t.quantity',
}

/** Where the physical pieces of serialised variants go with it. */
const unitChange: Record<ReservationMove, string> = {
  'HELD → COMMITTED': "state = 'COMMITTED'",
  'HELD → EXPIRED': "state = 'AVAILABLE', reservation_id = NULL, line_id = NULL",
  'HELD → RELEASED': "state = 'AVAILABLE', reservation_id = NULL, line_id = NULL",
  'COMMITTED → RELEASED': "state = 'AVAILABLE', reservation_id = NULL, line_id = NULL",
  'COMMITTED → FULFILLED': "state = 'SOLD'",
}

/**
 * Moves the reservations of these orders (of one warehouse only, when it is given) and the counters with them, in one
 * statement that locks the levels in (variant, warehouse) order; the numbered pieces they hold move along. Returns the pieces moved by level. The caller holds
 * the orders' rows, so no reservation moves twice.
 */
export async function moveReservations(
  tx: Tx,
  move: ReservationMove,
  of: { orderIds: readonly string[]; warehouseId?: string; at: Date },
): Promise<Allotment[]> {
  const [from, to] = move.split(' → ')
  const rows = await tx.$queryRawUnsafe<{ variant_id: string; warehouse_id: string; quantity: number }[]>(
    `WITH moved AS (
       UPDATE stock_reservations SET state = $2::reservation_state
        WHERE order_id = ANY ($1::uuid[]) AND state = $3::reservation_state
          AND ($4::uuid IS NULL OR warehouse_id = $4::uuid)
       RETURNING id, order_id, variant_id, warehouse_id, quantity
     ), units AS (
       UPDATE stock_units u SET ${unitChange[move]}
         FROM moved m WHERE u.reservation_id = m.id
       RETURNING u.id, u.state, u.warehouse_id, m.order_id
     ), noted AS (
       INSERT INTO stock_unit_events (unit_id, at, state, warehouse_id, reference)
       SELECT id, $5::timestamptz, state, warehouse_id, order_id FROM units
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
    of.at,
  )
  return rows.map((row) => ({
    variantId: row.variant_id,
    warehouseId: row.warehouse_id,
    quantity: row.quantity,
  }))
}
