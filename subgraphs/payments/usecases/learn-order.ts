import { type KnownOrder, notePayableOrder } from '../data/payable-orders.ts'
import type { Tx } from '../data/tx.ts'

/** An order was placed: payments keeps what it needs to take money for it and to say whose it is. */
export async function learnOrder(tx: Tx, order: KnownOrder): Promise<void> {
  await notePayableOrder(tx, order)
}

/** Orders wants the money of this order. One that had expired before is alive again. */
export async function confirmOrder(tx: Tx, order: KnownOrder, now: Date): Promise<void> {
  const { orderId } = order
  await notePayableOrder(tx, order)
  await tx.$executeRaw`
    UPDATE payable_orders SET confirmed_at = ${now}, ended_at = NULL WHERE order_id = ${orderId}::uuid`
}

/** The goods are held for longer. */
export async function extendHold(
  tx: Tx,
  { orderId, expiresAt }: { orderId: string; expiresAt: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE payable_orders SET expires_at = ${expiresAt}
     WHERE order_id = ${orderId}::uuid AND (expires_at IS NULL OR expires_at < ${expiresAt})`
}
