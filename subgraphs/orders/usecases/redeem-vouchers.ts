import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { lockOrder, type OrderWithLines } from '../data/lock-order.ts'
import { takeVouchers } from '../data/take-vouchers.ts'
import type { Tx } from '../data/tx.ts'
import type { VoucherFacts } from '../domain/pricing/judge-vouchers.ts'
import { cancelHold } from './cancel-order.ts'
import { type PriceRefusal, voucherRefused } from './price-as-seen.ts'

/** Holds the vouchers for an order that was just written, or refuses all of it: the update has the last word on limits. */
export async function redeemVouchers(
  tx: Tx,
  order: { id: string; customerRef: string },
  vouchers: readonly VoucherFacts[],
  refuse: Refuse<PriceRefusal>,
): Promise<void> {
  if (vouchers.length === 0) return
  const voucherIds = vouchers.map((voucher) => voucher.id)
  const outcomes = new Map(
    (await takeVouchers(tx, order, voucherIds, 'HELD')).map((taken) => [taken.voucherId, taken]),
  )
  for (const { id, code } of vouchers) {
    const taken = outcomes.get(id)
    if (!taken?.isTaken) refuse(voucherRefused(code, taken?.isLeft ? 'USED_BY_CUSTOMER' : 'USED_UP'))
  }
}

/**
 * A shopper who goes back from the payment page and orders again must not be stopped by the voucher of the first, still
 * unpaid order: that one is called off, as with goods. Only when a limit would stand in the way; an order that somebody
 * else works on right now is passed over. Returns the variants that came back, for the caller to tell.
 */
export async function freeOwnVouchers(
  tx: Tx,
  customerRef: string,
  vouchers: readonly VoucherFacts[],
  now: Date,
): Promise<string[]> {
  const inTheWay = vouchers.filter(isHeldInTheWay).map((voucher) => voucher.id)
  if (inTheWay.length === 0) return []
  const held = await tx.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM orders o
     WHERE o.customer_ref = ${customerRef}::uuid AND o.status = 'UNCONFIRMED'
       AND EXISTS (SELECT FROM voucher_redemptions r
                    WHERE r.order_id = o.id AND r.state = 'HELD' AND r.voucher_id = ANY (${inTheWay}::uuid[]))
     ORDER BY o.id LIMIT 20
       FOR UPDATE SKIP LOCKED`
  const released: string[] = []
  for (const { id } of held) {
    const order = await lockOrder(tx, id)
    if (!order) continue
    const why = { now, actor: 'customer', because: 'A newer order took its place.' } as const
    released.push(...(await cancelHold(tx, order, why)))
  }
  return released
}

function isHeldInTheWay({
  limit,
  perCustomerLimit,
  used,
  usedByCustomer,
  ...voucher
}: VoucherFacts): boolean {
  return (
    voucher.heldByCustomer > 0 &&
    ((limit !== null && used >= limit) || (perCustomerLimit !== null && usedByCustomer >= perCustomerLimit))
  )
}

/**
 * An order that is reinstated takes its vouchers again. One that others have used up meanwhile is not taken, and the order
 * keeps its price all the same: the shopper has paid what was promised, and giving that back over one use too many would
 * lose a sale and a customer. Returns how many uses are missing, for the timeline.
 */
export async function retakeVouchers(tx: Tx, order: OrderWithLines): Promise<number> {
  const { id, customerRef } = order
  if (!order.hasVouchers || customerRef === null) return 0
  const redemptions = await tx.voucherRedemption.findMany({ where: { orderId: id, state: 'RELEASED' } })
  const voucherIds = redemptions.map((redemption) => redemption.voucherId)
  const taken = await takeVouchers(tx, { id, customerRef }, voucherIds, 'CONSUMED')
  return taken.filter((each) => !each.isTaken).length
}
