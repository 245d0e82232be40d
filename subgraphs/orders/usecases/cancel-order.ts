import { orderCanceled } from '#contracts/orders.ts'
import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { lockOrder, type OrderWithLines } from '../data/lock-order.ts'
import { moveReservations } from '../data/move-reservations.ts'
import { noteEvents } from '../data/note-event.ts'
import { releaseVouchers } from '../data/take-vouchers.ts'
import type { Tx } from '../data/tx.ts'
import { type OrderStatus, takeStep } from '../domain/order-state.ts'
import { askRefund } from './ask-refund.ts'
import { callOffDeliveries } from './call-off-deliveries.ts'
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

export interface CancelRequest {
  orderId: string
  mayCancel(order: OrderWithLines): boolean
  /** Whether the caller may also call off what is paid. */
  mayCancelPaid: boolean
  actor: 'customer' | 'staff'
}

/** Calls off an order of which nothing was handed over; one that was called off already stays as it is. */
export async function cancelOrder(
  tx: Tx,
  request: CancelRequest,
  refuse: Refuse<OrderRefusal>,
  now: Date,
): Promise<void> {
  const order = await lockOrder(tx, request.orderId)
  if (!order || !request.mayCancel(order)) return refuse(orderNotFound)
  if (order.status === 'CANCELED') return
  const why = { now, actor: request.actor, because: 'Called off.' }
  if (takeStep(order.status, 'cancel') !== null) {
    await tellStock(tx, await cancelHold(tx, order, why))
    return
  }
  if (request.mayCancelPaid && takeStep(order.status, 'cancel-paid') !== null) {
    await tellStock(tx, await cancelPaid(tx, order, why))
    return
  }
  refuse({
    kind: 'IllegalOrderStateError',
    message: request.mayCancelPaid
      ? 'Goods of this order were handed over, or it has ended. Take pieces back instead.'
      : 'Only an unpaid order can be called off. Write to us about a paid one.',
    status: order.status,
  })
}

interface Why {
  now: Date
  actor: 'customer' | 'staff'
  because: string
}

/** Calls off an order that is locked and UNCONFIRMED. Returns the variants that came back, for the caller to tell. */
export async function cancelHold(tx: Tx, order: OrderWithLines, why: Why): Promise<string[]> {
  await tx.order.update({ where: { id: order.id }, data: { status: 'CANCELED', expiresAt: null } })
  const freed = await moveReservations(tx, 'HELD → RELEASED', {
    orderIds: [order.id],
    at: why.now,
  })
  if (order.hasVouchers) await releaseVouchers(tx, [order.id])
  await noteCanceled(tx, order, why)
  await rejectCharges(tx, [order], { reason: 'The order was called off.', now: why.now })
  return freed.map((level) => level.variantId)
}

/** Calls off an order that is locked, paid, and of which nothing was handed over. */
async function cancelPaid(tx: Tx, order: OrderWithLines, why: Why): Promise<string[]> {
  await tx.order.update({ where: { id: order.id }, data: { status: 'CANCELED' } })
  const freed = await moveReservations(tx, 'COMMITTED → RELEASED', { orderIds: [order.id], at: why.now })
  if (order.hasVouchers) await releaseVouchers(tx, [order.id])
  await callOffDeliveries(tx, order)
  await noteCanceled(tx, order, why)
  await giveBackAll(tx, order, why.now)
  return freed.map((level) => level.variantId)
}

async function noteCanceled(tx: Tx, order: OrderWithLines, { now, actor, because }: Why): Promise<void> {
  const message = `${because} The goods are free again.`
  await noteEvents(tx, [{ orderId: order.id, at: now, type: 'order.canceled', message, actor }])
  await tellOrder(tx, orderCanceled, order)
}

/** One refund for everything that is charged and not asked back yet; payments releases what is only authorised. */
async function giveBackAll(tx: Tx, order: OrderWithLines, now: Date): Promise<void> {
  const charges = await tx.$queryRaw<{ left: bigint }[]>`
    UPDATE order_charges SET rejected_at = ${now}
     WHERE order_id = ${order.id}::uuid AND currency = ${order.currency} AND rejected_at IS NULL
       AND charged_minor > refunded_minor
    RETURNING charged_minor - refunded_minor AS left`
  const amountMinor = charges.reduce((sum, charge) => sum + charge.left, 0n)
  if (amountMinor === 0n) return
  await askRefund(tx, order, { amountMinor, reason: 'The order was called off.', returnId: null, now })
}
