import { lockPayableOrder, notePayableOrder, type KnownOrder } from '../data/payable-orders.ts'
import type { Tx } from '../data/tx.ts'
import { callOff } from './call-off.ts'

/** The order expired or was called off: no attempt may begin, and what is open is called off or released. */
export async function endOrder(tx: Tx, order: KnownOrder, now: Date): Promise<void> {
  const { orderId } = order
  await notePayableOrder(tx, order)
  await lockPayableOrder(tx, orderId)
  await tx.payableOrder.updateMany({ where: { orderId, endedAt: null }, data: { endedAt: now } })
  const open = await tx.transaction.findMany({ where: { orderId, closedAt: null }, select: { id: true } })
  await callOff(
    tx,
    open.map(({ id }) => id),
    now,
  )
}
