import type { promotionChanged } from '#contracts/catalog.ts'
import type { Tx } from '../data/tx.ts'

type PromotionSnapshot = (typeof promotionChanged)['payload']['_output']

/** Replaces the copy of a promotion by its newest snapshot. */
export async function learnPromotion(
  tx: Tx,
  { promotionId, startsAt, endsAt, ...told }: PromotionSnapshot,
): Promise<void> {
  const row = {
    ...told,
    startsAt: new Date(startsAt),
    endsAt: endsAt === null ? null : new Date(endsAt),
  }
  await tx.promotion.upsert({
    where: { id: promotionId },
    create: { id: promotionId, ...row },
    update: row,
  })
}
