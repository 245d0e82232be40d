import type { Tx } from '../data/catalog-database.ts'
import { toPromotion } from '../data/stored-promotion.ts'
import { promotionState } from '../domain/promotion.ts'
import { type PromotionNotFound, promotionNotFound } from './save-promotion.ts'
import { tellPromotions } from './tell-promotions.ts'
import { type VersionConflict, versionConflict } from './version-conflict.ts'

export type EndPromotionOutcome =
  { kind: 'EndPromotionSuccess'; promotionId: string } | PromotionNotFound | VersionConflict

/** Ends what holds now and switches off what has still to begin; what does nothing any more stays as it is. */
export async function endPromotion(
  tx: Tx,
  { id, version, now }: { id: string; version: number; now: Date },
): Promise<EndPromotionOutcome> {
  await tx.$queryRaw`SELECT id FROM promotions WHERE id = ${id}::uuid FOR UPDATE`
  const row = await tx.promotion.findUnique({ where: { id } })
  if (!row) return promotionNotFound
  const state = promotionState(toPromotion(row), now)
  if (state === 'OFF' || state === 'ENDED') return { kind: 'EndPromotionSuccess', promotionId: id }
  if (row.version !== version) return versionConflict(row.version)
  // One that began at this very instant cannot end in it: it never held.
  const hasHeld = state === 'RUNNING' && row.startsAt < now
  await tx.promotion.update({
    where: { id },
    data: { ...(hasHeld ? { endsAt: now } : { isActive: false }), version: { increment: 1 } },
  })
  await tellPromotions(tx, [id])
  return { kind: 'EndPromotionSuccess', promotionId: id }
}
