import { promotionChanged } from '#contracts/catalog.ts'
import { emitAll } from '#platform/outbox/emit-all.ts'
import type { Tx } from '../data/catalog-database.ts'
import { toPromotion } from '../data/stored-promotion.ts'

/** Tells what these promotions are now, their rows locked until the end of `tx`. */
export async function tellPromotions(tx: Tx, promotionIds: readonly string[]): Promise<void> {
  const ids = [...promotionIds]
  await tx.$queryRaw`SELECT id FROM promotions WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`
  const rows = await tx.promotion.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } })
  const messages = rows.map((row) => {
    const { id, startsAt, endsAt, ...rest } = toPromotion(row)
    const payload = {
      ...rest,
      promotionId: id,
      names: { ...rest.names },
      startsAt: startsAt.toISOString(),
      endsAt: endsAt?.toISOString() ?? null,
    }
    return { aggregateId: id, payload }
  })
  await emitAll(tx, promotionChanged, messages)
}
