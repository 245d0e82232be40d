import { lockOrder } from '../data/lock-order.ts'
import type { Tx } from '../data/tx.ts'
import { cancelHold } from './cancel-order.ts'

/**
 * A shopper who goes back from the payment page and orders again must not be stopped by the first, still unpaid order:
 * those that hold one of the variants are called off. Returns the variants whose goods came back; the caller tells them.
 *
 * An order that somebody else works on right now (it is being paid, or expires) is passed over.
 */
export async function releaseOwnHolds(
  tx: Tx,
  customerRef: string,
  variantIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const held = await tx.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM orders o
     WHERE o.customer_ref = ${customerRef}::uuid AND o.status = 'UNCONFIRMED'
       AND EXISTS (SELECT FROM order_lines l WHERE l.order_id = o.id AND l.variant_id = ANY (${variantIds}::uuid[]))
     ORDER BY o.id LIMIT 20
       FOR UPDATE SKIP LOCKED`
  const released: string[] = []
  for (const { id } of held) {
    const order = await lockOrder(tx, id)
    if (!order) continue
    released.push(
      ...(await cancelHold(tx, order, { now, actor: 'customer', because: 'A newer order took its place.' })),
    )
  }
  return released
}
