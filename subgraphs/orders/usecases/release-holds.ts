import { lockOrder } from '../data/lock-order.ts'
import type { Tx } from '../data/tx.ts'
import { cancelHold } from './cancel-order.ts'

/** Orders of one shopper are few; more than this are left to expire. */
const mostHolds = 20

/**
 * The shopper's unpaid orders that hold one of the variants, locked until the commit. Orders of one shopper take turns from
 * here on, so that two at the same moment do not overlook each other. One that somebody else works on right now (it
 * expires, or its payment came) is passed over.
 */
export async function findOwnHolds(
  tx: Tx,
  customerRef: string,
  variantIds: readonly string[],
): Promise<{ idle: string[]; beingPaid: string[] }> {
  // A statement of its own: the next one must see what the former holder of the lock has committed.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('shopper ' || ${customerRef}, 0))`
  const held = await tx.$queryRaw<{ id: string; is_idle: boolean }[]>`
    SELECT o.id, o.hold_extended_at IS NULL AS is_idle FROM orders o
     WHERE o.customer_ref = ${customerRef}::uuid AND o.status = 'UNCONFIRMED'
       AND EXISTS (SELECT FROM order_lines l WHERE l.order_id = o.id AND l.variant_id = ANY (${variantIds}::uuid[]))
     ORDER BY o.id LIMIT ${mostHolds}
       FOR UPDATE SKIP LOCKED`
  const idsOf = (isIdle: boolean) => held.filter((row) => row.is_idle === isIdle).map((row) => row.id)
  return { idle: idsOf(true), beingPaid: idsOf(false) }
}

/**
 * A shopper who goes back from the payment page and orders again means the new order: these earlier ones are called off.
 * Returns the variants whose goods came back; the caller tells them.
 */
export async function releaseHolds(tx: Tx, orderIds: readonly string[], now: Date): Promise<string[]> {
  const released: string[] = []
  for (const id of orderIds) {
    const order = await lockOrder(tx, id)
    if (!order) continue
    released.push(
      ...(await cancelHold(tx, order, { now, actor: 'customer', because: 'A newer order took its place.' })),
    )
  }
  return released
}
