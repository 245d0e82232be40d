import { orderExpiryDue, orderHoldExtended } from '#contracts/orders.ts'
import { emit } from '#platform/outbox/emit.ts'
import { findMarket } from '../data/find-market.ts'
import { lockOrder } from '../data/lock-order.ts'
import { noteEvents } from '../data/note-event.ts'
import type { Tx } from '../data/tx.ts'
import { decideHold } from '../domain/hold.ts'

/** Somebody began to pay: the goods are held longer, so that the hold does not end while the bank still asks. */
export async function extendHold(
  tx: Tx,
  payment: { orderId: string; isBankTransfer: boolean; holdMs: number | null },
  now: Date,
): Promise<void> {
  const order = await lockOrder(tx, payment.orderId)
  if (!order) return
  const market = await findMarket(tx, order.marketId)
  if (!market) return
  const hold = decideHold({
    ...order,
    now,
    reservationMs: payment.holdMs ?? market.reservationMinutes * 60_000,
    bankTransferDays: payment.isBankTransfer ? market.bankTransferDays : null,
  })
  if (hold.kind === 'Stays') return
  const { expiresAt } = hold
  await tx.$executeRaw`
    UPDATE orders SET hold_extended_at = ${now}, expires_at = ${expiresAt} WHERE id = ${order.id}::uuid`
  if (expiresAt.getTime() === order.expiresAt?.getTime()) return
  const message = `A payment began; the goods are held until ${expiresAt.toISOString()}.`
  await noteEvents(tx, [
    { orderId: order.id, at: now, type: 'order.hold-extended', message, actor: 'system' },
  ])
  await emit(tx, orderHoldExtended, {
    aggregateId: order.id,
    market: order.marketId,
    payload: { orderId: order.id, number: order.number, expiresAt: expiresAt.toISOString() },
  })
  await emit(tx, orderExpiryDue, {
    aggregateId: order.id,
    market: order.marketId,
    payload: { orderId: order.id },
    delayMs: expiresAt.getTime() - now.getTime() + hintsLaterMs,
  })
}

/** A hint that comes early by a clock's difference would tell nothing. */
export const hintsLaterMs = 500
