import { appendEvents } from '../data/append-events.ts'
import { lockPayableOrder, notePayableOrder, type KnownOrder } from '../data/payable-orders.ts'
import type { Tx } from '../data/tx.ts'

/** The order expired or was called off: no attempt may begin, and what is open is called off by the worker. */
export async function endOrder(tx: Tx, order: KnownOrder, now: Date): Promise<void> {
  const { orderId } = order
  await notePayableOrder(tx, order)
  await lockPayableOrder(tx, orderId)
  await tx.payableOrder.updateMany({ where: { orderId, endedAt: null }, data: { endedAt: now } })
  const open = await tx.transaction.findMany({
    where: { orderId, kind: 'ONLINE', closedAt: null },
    select: { id: true },
  })
  await askToCallOff(
    tx,
    open.map(({ id }) => id),
    now,
  )
}

/** Marks open attempts to be called off at the provider, at once. Asking twice is asking once. */
export async function askToCallOff(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  for (const id of [...ids].sort()) {
    const asked = await tx.transaction.updateMany({
      where: { id, closedAt: null, cancelRequestedAt: null },
      data: { cancelRequestedAt: now, dueAt: now, attempts: 0 },
    })
    if (asked.count === 0) continue
    const { currency, amountMinor } = await tx.transaction.findUniqueOrThrow({ where: { id } })
    const request = { pspReference: id, currency, amountMinor, code: null, message: null, at: now }
    await appendEvents(tx, id, [{ ...request, type: 'CANCEL_REQUEST' }])
  }
}
