import { orderCanceled } from '#contracts/orders.ts'
import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { lockOrder, type OrderWithLines } from '../data/lock-order.ts'
import { moveReservations } from '../data/move-reservations.ts'
import { noteEvents } from '../data/note-event.ts'
import type { Tx } from '../data/tx.ts'
import { type OrderStatus, takeStep } from '../domain/order-state.ts'
import { rejectCharges } from './reject-charges.ts'
import { tellOrder } from './tell-order.ts'
import { tellStock } from './tell-stock.ts'

export type OrderRefusal =
  | { kind: 'OrderNotFoundError'; message: string }
  | { kind: 'IllegalOrderStateError'; message: string; status: OrderStatus }

export const orderNotFound = {
  kind: 'OrderNotFoundError',
  message: 'There is no such order.',
} as const

/** Calls off an unpaid order; one that was called off already stays as it is. */
export async function cancelOrder(
  tx: Tx,
  request: { orderId: string; mayCancel(order: OrderWithLines): boolean; actor: 'customer' | 'staff' },
  refuse: Refuse<OrderRefusal>,
  now: Date,
): Promise<void> {
  const order = await lockOrder(tx, request.orderId)
  if (!order || !request.mayCancel(order)) return refuse(orderNotFound)
  if (order.status === 'CANCELED') return
  if (takeStep(order.status, 'cancel') === null) {
    refuse({
      kind: 'IllegalOrderStateError',
      message: 'Only an unpaid order can be called off.',
      status: order.status,
    })
  }
  await tellStock(tx, await cancelHold(tx, order, { now, actor: request.actor, because: 'Called off.' }))
}

/** Calls off an order that is locked and UNCONFIRMED. Returns the variants that came back, for the caller to tell. */
export async function cancelHold(
  tx: Tx,
  order: OrderWithLines,
  why: { now: Date; actor: 'customer' | 'staff'; because: string },
): Promise<string[]> {
  await tx.order.update({ where: { id: order.id }, data: { status: 'CANCELED', expiresAt: null } })
  const freed = await moveReservations(tx, 'HELD → RELEASED', {
    orderIds: [order.id],
    at: why.now,
  })
  await noteEvents(tx, [
    {
      orderId: order.id,
      at: why.now,
      type: 'order.canceled',
      message: `${why.because} The goods are free again.`,
      actor: why.actor,
    },
  ])
  await tellOrder(tx, orderCanceled, order)
  await rejectCharges(tx, [order], { reason: 'The order was called off.', now: why.now })
  return freed.map((level) => level.variantId)
}
