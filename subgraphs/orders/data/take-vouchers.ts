import type { Tx } from './tx.ts'

export interface TakenVoucher {
  voucherId: string
  isTaken: boolean
  /** False: nobody can use it any more; true and not taken: this customer cannot. */
  isLeft: boolean
}

/**
 * Uses each voucher once for an order, as far as its limits allow: the one by everybody together, then the customer's. One
 * statement that locks the vouchers by id; what it reads of them is what the last holder of the lock left. Lock the goods
 * before the vouchers.
 */
export async function takeVouchers(
  tx: Tx,
  order: { id: string; customerRef: string },
  voucherIds: readonly string[],
  state: 'HELD' | 'CONSUMED',
): Promise<TakenVoucher[]> {
  return await tx.$queryRaw<TakenVoucher[]>`
    WITH locked AS MATERIALIZED (
      SELECT id, per_customer_limit, use_limit IS NULL OR used < use_limit AS is_left
        FROM vouchers WHERE id = ANY (${[...voucherIds]}::uuid[]) ORDER BY id FOR NO KEY UPDATE
    ), mine AS (
      INSERT INTO voucher_uses (voucher_id, customer_ref, used, most)
      SELECT id, ${order.customerRef}::uuid, 1, per_customer_limit FROM locked WHERE is_left
      ON CONFLICT (voucher_id, customer_ref) DO UPDATE
        SET used = voucher_uses.used + 1, most = excluded.most
        WHERE excluded.most IS NULL OR voucher_uses.used < excluded.most
      RETURNING voucher_id
    ), taken AS (
      UPDATE vouchers v SET used = v.used + 1 FROM mine WHERE v.id = mine.voucher_id RETURNING v.id
    ), noted AS (
      INSERT INTO voucher_redemptions (order_id, voucher_id, customer_ref, state)
      SELECT ${order.id}::uuid, id, ${order.customerRef}::uuid, ${state}::redemption_state FROM taken
      ON CONFLICT (order_id, voucher_id) DO UPDATE SET state = excluded.state
    )
    SELECT l.id AS "voucherId", l.is_left AS "isLeft", t.id IS NOT NULL AS "isTaken"
      FROM locked l LEFT JOIN taken t ON t.id = l.id`
}

/** The order is paid: what it holds of vouchers is used. */
export async function consumeVouchers(tx: Tx, orderId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE voucher_redemptions SET state = 'CONSUMED' WHERE order_id = ${orderId}::uuid AND state = 'HELD'`
}

/** The orders ended without a sale: what they used of vouchers can be used again. Repeating it changes nothing. */
export async function releaseVouchers(tx: Tx, orderIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    WITH released AS (
      UPDATE voucher_redemptions SET state = 'RELEASED'
       WHERE order_id = ANY (${[...orderIds]}::uuid[]) AND state <> 'RELEASED'
      RETURNING voucher_id, customer_ref
    ), locked AS MATERIALIZED (
      SELECT id FROM vouchers WHERE id IN (SELECT voucher_id FROM released) ORDER BY id FOR NO KEY UPDATE
    ), by_customer AS (
      UPDATE voucher_uses u SET used = u.used - r.uses
        FROM (SELECT voucher_id, customer_ref, count(*)::int AS uses
                FROM released JOIN locked ON id = voucher_id GROUP BY 1, 2) r
       WHERE u.voucher_id = r.voucher_id AND u.customer_ref = r.customer_ref
    )
    UPDATE vouchers v SET used = v.used - r.uses
      FROM (SELECT voucher_id, count(*)::int AS uses FROM released JOIN locked ON id = voucher_id GROUP BY 1) r
     WHERE v.id = r.voucher_id`
}
