import type { VoucherFacts } from '../domain/pricing/judge-vouchers.ts'
import { toPromotion } from './find-promotions.ts'
import type { Tx } from './tx.ts'

/** The vouchers of these codes with their promotions and what the customer uses of them, by code: two statements. */
export async function findVouchers(
  tx: Pick<Tx, '$queryRaw' | 'promotion'>,
  codes: readonly string[],
  customerRef: string | null,
): Promise<Map<string, VoucherFacts>> {
  if (codes.length === 0) return new Map()
  const rows = await tx.$queryRaw<Omit<VoucherFacts, 'promotion'>[]>`
    SELECT v.id, v.code, v.promotion_id AS "promotionId", v.use_limit AS "limit", v.used,
           v.per_customer_limit AS "perCustomerLimit", coalesce(u.used, 0) AS "usedByCustomer",
           (SELECT count(*)::int FROM voucher_redemptions r
             WHERE r.voucher_id = v.id AND r.customer_ref = ${customerRef}::uuid AND r.state = 'HELD')
             AS "heldByCustomer",
           v.starts_at AS "startsAt", v.ends_at AS "endsAt", v.is_active AS "isActive"
      FROM vouchers v
      LEFT JOIN voucher_uses u ON u.voucher_id = v.id AND u.customer_ref = ${customerRef}::uuid
     WHERE v.code = ANY (${[...codes]})`
  const promotions = await tx.promotion.findMany({
    where: { id: { in: rows.map((voucher) => voucher.promotionId) } },
  })
  return new Map(
    rows.map((voucher) => {
      const promotion = promotions.find((row) => row.id === voucher.promotionId)
      return [voucher.code, { ...voucher, promotion: promotion ? toPromotion(promotion) : null }]
    }),
  )
}
