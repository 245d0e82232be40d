import { ContractViolation } from '#platform/events/contract-violation.ts'
import { noteEvents } from '../data/note-event.ts'
import type { Tx } from '../data/tx.ts'

/** A refused payment leaves the order as it is: the shopper may try again until the hold ends. */
export async function notePaymentFailure(
  tx: Tx,
  failure: { orderId: string; reason: string },
  now: Date,
): Promise<void> {
  const order = await tx.order.findUnique({ where: { id: failure.orderId }, select: { id: true } })
  if (!order)
    throw new ContractViolation(`A payment failed for order ${failure.orderId}, which does not exist`)
  const message = `The payment was refused: ${failure.reason}`
  await noteEvents(tx, [{ orderId: order.id, at: now, type: 'payment.failed', message, actor: 'system' }])
}
