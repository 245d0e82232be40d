import type { Clock } from '#platform/time/clock.ts'
import type { CatalogDatabase, Tx } from '../data/catalog-database.ts'
import { lockProductIds } from '../data/stored-product.ts'
import type { DueMoment } from './due-retellings.ts'
import { tellProducts } from './tell-products.ts'
import { tellPromotions } from './tell-promotions.ts'

const atOnce = 100

/**
 * Tells again what began or ended by time: until then others keep what they were told, and answers with the old price are kept.
 * Several processes may do it at once, each with moments of its own.
 */
export async function retellDue(
  { database, clock }: { database: CatalogDatabase; clock: Clock },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const told = await database.transact((tx) => retellSome(tx, clock.now()))
    if (told < atOnce) return
  }
}

async function retellSome(tx: Tx, now: Date): Promise<number> {
  const due = await tx.$queryRaw<Pick<DueMoment, 'kind' | 'subjectId'>[]>`
    DELETE FROM due_retellings WHERE (kind, subject_id, due_at) IN (
      SELECT kind, subject_id, due_at FROM due_retellings WHERE due_at <= ${now}::timestamptz
      ORDER BY due_at LIMIT ${atOnce} FOR UPDATE SKIP LOCKED
    ) RETURNING kind, subject_id::text AS "subjectId"`
  const idsOf = (kind: DueMoment['kind']) => [
    ...new Set(due.flatMap((moment) => (moment.kind === kind ? [moment.subjectId] : []))),
  ]
  const productIds = await lockProductIds(tx, idsOf('PRODUCT'))
  await tellProducts(tx, productIds, { now })
  await tellPromotions(tx, idsOf('PROMOTION'))
  return due.length
}
