import { orderExpired } from '#contracts/orders.ts'
import { emitAll } from '#platform/outbox/emit-all.ts'
import { linesInOrder } from '../data/lock-order.ts'
import { moveReservations } from '../data/move-reservations.ts'
import { noteEvents } from '../data/note-event.ts'
import { releaseVouchers } from '../data/take-vouchers.ts'
import type { Tx } from '../data/tx.ts'
import { rejectCharges } from './reject-charges.ts'
import { toOrderPayload } from './tell-order.ts'
import { tellStock } from './tell-stock.ts'

/**
 * Ends the holds that were not paid in time, at most `limit`, or that of one order. Returns how many ended.
 *
 * The row decides, not whoever told of it: a hint that comes twice, early, or for a paid order changes nothing. An order
 * that is locked (it is being paid) is passed over; the sweep comes again.
 */
export async function expireOrders(
  tx: Tx,
  options: { now: Date; limit: number; orderId?: string },
): Promise<number> {
  const expired = await tx.$queryRaw<{ id: string; has_vouchers: boolean }[]>`
    UPDATE orders SET status = 'EXPIRED', expires_at = NULL
     WHERE id IN (
       SELECT id FROM orders
        WHERE status = 'UNCONFIRMED' AND expires_at <= ${options.now}
          AND (${options.orderId ?? null}::uuid IS NULL OR id = ${options.orderId ?? null}::uuid)
        ORDER BY expires_at
        LIMIT ${options.limit}
          FOR UPDATE SKIP LOCKED)
    RETURNING id, has_vouchers`
  if (expired.length === 0) return 0
  const orderIds = expired.map((row) => row.id)
  const freed = await moveReservations(tx, 'HELD → EXPIRED', { orderIds, at: options.now })
  const withVouchers = expired.filter((row) => row.has_vouchers).map((row) => row.id)
  if (withVouchers.length > 0) await releaseVouchers(tx, withVouchers)
  const orders = await tx.order.findMany({
    where: { id: { in: orderIds } },
    include: linesInOrder,
    orderBy: { id: 'asc' },
  })
  await noteEvents(
    tx,
    orders.map((order) => ({
      orderId: order.id,
      at: options.now,
      type: 'order.expired',
      message: 'Not paid in time; the goods are free again.',
      actor: 'system',
    })),
  )
  await emitAll(
    tx,
    orderExpired,
    orders.map((order) => ({
      aggregateId: order.id,
      market: order.marketId,
      payload: toOrderPayload(order),
    })),
  )
  // A part of the money may have come: it is not enough, and not ours to keep.
  await rejectCharges(tx, orders, {
    reason: 'The order expired before it was paid in full.',
    now: options.now,
  })
  await tellStock(
    tx,
    freed.map((level) => level.variantId),
  )
  return orders.length
}
