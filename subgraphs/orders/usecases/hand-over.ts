import { orderFulfilled } from '#contracts/orders.ts'
import type { OrderWithLines } from '../data/lock-order.ts'
import { moveReservations } from '../data/move-reservations.ts'
import { noteEvents } from '../data/note-event.ts'
import { recordMovements } from '../data/stock-ledger.ts'
import type { Tx } from '../data/tx.ts'
import { takeStep } from '../domain/order-state.ts'
import { tellOrder } from './tell-order.ts'

/**
 * An order's pieces of one warehouse leave the house, with a courier or the customer: committed → gone. What can be
 * bought stays the same, so no stock is told. The caller holds the order's row.
 */
export async function handOver(tx: Tx, order: OrderWithLines, warehouseId: string, now: Date): Promise<void> {
  const gone = await moveReservations(tx, 'COMMITTED → FULFILLED', {
    orderIds: [order.id],
    warehouseId,
    at: now,
  })
  await recordMovements(
    tx,
    gone.map((level) => ({ ...level, quantity: -level.quantity })),
    { reason: 'FULFILLED', reference: order.id, at: now },
  )
  const left = await tx.stockReservation.count({ where: { orderId: order.id, state: 'COMMITTED' } })
  const status = takeStep(order.status, left === 0 ? 'hand-over-all' : 'hand-over-some')
  if (status === null) throw new Error(`Goods left for order ${order.number}, which is ${order.status}`)
  await tx.order.update({ where: { id: order.id }, data: { status, handedOverAt: now } })
  if (left > 0) return
  const message = 'All goods have left the house.'
  await noteEvents(tx, [{ orderId: order.id, at: now, type: 'order.fulfilled', message, actor: 'system' }])
  await tellOrder(tx, orderFulfilled, order)
}
