import { columnsOf } from '#platform/database/rows.ts'
import type { Promotion, PromotionAction, PromotionCondition } from '../domain/pricing/promotion.ts'
import { Prisma, type Promotion as Row } from './generated/client.ts'
import type { Tx } from './tx.ts'

const columns = columnsOf(Prisma.PromotionScalarFieldEnum)

/** The promotions that run at the moment without a voucher in one of these markets: one statement. */
export async function findPromotions(
  tx: Pick<Tx, '$queryRawUnsafe'>,
  marketIds: readonly string[],
  at: Date,
): Promise<Promotion[]> {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `SELECT ${columns} FROM promotions
      WHERE is_active AND NOT needs_voucher AND starts_at <= $1::timestamptz
        AND (ends_at IS NULL OR ends_at > $1::timestamptz)
        AND (market_ids = '{}' OR market_ids && $2::text[])`,
    at,
    [...marketIds],
  )
  return rows.map(toPromotion)
}

export function toPromotion(row: Row): Promotion {
  // All three were checked by the event's schema before they were stored.
  return {
    ...row,
    names: row.names as Record<string, string>,
    conditions: row.conditions as unknown as PromotionCondition[],
    actions: row.actions as unknown as PromotionAction[],
  }
}
