import { orderConfirmed } from '#contracts/orders.ts'
import type { OrderWithLines } from '../data/lock-order.ts'
import { moveReservations } from '../data/move-reservations.ts'
import { noteEvents } from '../data/note-event.ts'
import { consumeVouchers } from '../data/take-vouchers.ts'
import type { Tx } from '../data/tx.ts'
import { openDeliveries } from './open-deliveries.ts'
import { tellOrder } from './tell-order.ts'

/** The held goods are the customer's. The caller holds the order's row, which is UNCONFIRMED. */
export async function confirmOrder(
  tx: Tx,
  order: OrderWithLines,
  options: { now: Date; courierRef: string | null; because: string },
): Promise<void> {
  await tx.$executeRaw`UPDATE orders SET status = 'UNFULFILLED', expires_at = NULL WHERE id = ${order.id}::uuid`
  await moveReservations(tx, 'HELD → COMMITTED', { orderIds: [order.id], at: options.now })
  if (order.hasVouchers) await consumeVouchers(tx, order.id)
  const message = `${options.because} The goods are being prepared.`
  await noteEvents(tx, [
    { orderId: order.id, at: options.now, type: 'order.confirmed', message, actor: 'system' },
  ])
  await tellOrder(tx, orderConfirmed, order)
  await openDeliveries(tx, order, options)
}
