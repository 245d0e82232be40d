import { orderPaymentRejected } from '#contracts/orders.ts'
import { emit } from '#platform/outbox/emit.ts'
import type { Order } from '../data/generated/client.ts'
import { noteEvents } from '../data/note-event.ts'
import type { Tx } from '../data/tx.ts'

/**
 * Asks payments to give back what these orders were paid and cannot use: every charge that is not given back or asked
 * back yet, what is only authorised included, or only that of one transaction. The caller holds the orders' rows.
 */
export async function rejectCharges(
  tx: Tx,
  orders: readonly Order[],
  why: { reason: string; now: Date; transactionId?: string },
): Promise<void> {
  const charges = await tx.$queryRaw<{ transaction_id: string; order_id: string }[]>`
    UPDATE order_charges SET rejected_at = ${why.now}
     WHERE order_id = ANY (${orders.map((order) => order.id)}::uuid[])
       AND rejected_at IS NULL AND (charged_minor > refunded_minor OR authorized_minor > 0)
       AND (${why.transactionId ?? null}::uuid IS NULL OR transaction_id = ${why.transactionId ?? null}::uuid)
    RETURNING transaction_id, order_id`
  const byId = new Map(orders.map((order) => [order.id, order]))
  for (const { transaction_id: transactionId, order_id: orderId } of charges) {
    const order = byId.get(orderId)
    if (!order) continue
    const { reason } = why
    const message = `${reason} The money goes back.`
    await noteEvents(tx, [{ orderId, at: why.now, type: 'order.payment-rejected', message, actor: 'system' }])
    await emit(tx, orderPaymentRejected, {
      aggregateId: orderId,
      market: order.marketId,
      payload: { orderId, number: order.number, transactionId, reason },
    })
  }
}
