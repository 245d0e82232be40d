import { orderRefundRequested } from '#contracts/orders.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { emit } from '#platform/outbox/emit.ts'
import type { OrderWithLines } from '../data/lock-order.ts'
import { noteEvents } from '../data/note-event.ts'
import type { Tx } from '../data/tx.ts'

/** Asks payments to give back a part of what an order was paid. The caller holds the order's row. */
export async function askRefund(
  tx: Tx,
  order: OrderWithLines,
  refund: { amountMinor: bigint; reason: string; returnId: string | null; now: Date },
): Promise<void> {
  const { amountMinor, reason, returnId, now } = refund
  const refundRequestId = uuidv7()
  await tx.refundRequest.create({
    data: { id: refundRequestId, orderId: order.id, returnId, amountMinor, reason, askedAt: now },
  })
  const message = `${reason} The money goes back.`
  await noteEvents(tx, [
    { orderId: order.id, at: now, type: 'order.refund-requested', message, actor: 'system' },
  ])
  await emit(tx, orderRefundRequested, {
    aggregateId: order.id,
    market: order.marketId,
    payload: {
      refundRequestId,
      orderId: order.id,
      number: order.number,
      currency: order.currency,
      amountMinor: amountMinor.toString(),
      reason,
    },
  })
}
