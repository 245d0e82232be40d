import type { Tx } from './tx.ts'

export interface LineCount {
  lineId: string
  orderId: string
  quantity: number
  /** Pieces that left the house. */
  handedOver: number
  /** Pieces that some return, not turned down, asks to take back or has taken back. */
  claimed: number
  /** Pieces that are back. */
  received: number
}

/** How far each line of these orders went out and came back; one statement for all. */
export async function countLines(
  tx: Pick<Tx, '$queryRaw'>,
  orderIds: readonly string[],
): Promise<LineCount[]> {
  return await tx.$queryRaw<LineCount[]>`
    SELECT l.id AS "lineId", l.order_id AS "orderId", l.quantity,
           coalesce((SELECT sum(r.quantity) FROM stock_reservations r
                      WHERE r.order_id = l.order_id AND r.line_id = l.id AND r.state = 'FULFILLED'), 0)::int AS "handedOver",
           coalesce(back.claimed, 0)::int AS claimed, coalesce(back.received, 0)::int AS received
      FROM order_lines l
      LEFT JOIN LATERAL (
        SELECT sum(rl.quantity) AS claimed,
               sum(rl.quantity) FILTER (WHERE t.status IN ('RECEIVED', 'REFUNDED')) AS received
          FROM return_lines rl JOIN returns t ON t.id = rl.return_id
         WHERE rl.line_id = l.id AND t.status <> 'REJECTED') back ON true
     WHERE l.order_id = ANY (${orderIds}::uuid[])
     ORDER BY l.order_id, l.position`
}
