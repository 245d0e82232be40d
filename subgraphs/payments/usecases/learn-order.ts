import { type KnownOrder, lockPayableOrder, notePayableOrder } from '../data/payable-orders.ts'
import type { Tx } from '../data/tx.ts'
import { dueMinor } from '../domain/money-due.ts'
import { insertCase } from './payment-cases.ts'

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

/**
 * An order that had ended is alive again, by money that came late. Its end may have released what was held for it before
 * that was heard: then it is to be delivered unpaid, which a person must see.
 */
export async function reinstateOrder(tx: Tx, order: KnownOrder, now: Date): Promise<void> {
  await confirmOrder(tx, order, now)
  const { orderId, number, totalMinor } = order
  await lockPayableOrder(tx, orderId)
  const due = dueMinor(totalMinor, await tx.transaction.findMany({ where: { orderId } }))
  if (due <= 0n) return
  const detail = `Order ${number} was reinstated; ${due} of its ${totalMinor} minor units are not there any more.`
  await insertCase(tx, { kind: 'AMOUNT_MISMATCH', transactionId: null, orderId, detail, now })
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
