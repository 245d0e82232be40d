import type { Promotion, PromotionAction, PromotionCondition } from '../domain/pricing/promotion.ts'
import type { Promotion as Row } from './generated/client.ts'
import type { Tx } from './tx.ts'

/** The promotions that run at the moment without a voucher in one of these markets: one statement. */
export async function findPromotions(
  tx: Pick<Tx, 'promotion'>,
  marketIds: readonly string[],
  at: Date,
): Promise<Promotion[]> {
  const rows = await tx.promotion.findMany({
    where: {
      isActive: true,
      needsVoucher: false,
      startsAt: { lte: at },
      AND: [
        { OR: [{ endsAt: null }, { endsAt: { gt: at } }] },
        { OR: [{ marketIds: { isEmpty: true } }, { marketIds: { hasSome: [...marketIds] } }] },
      ],
    },
  })
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
