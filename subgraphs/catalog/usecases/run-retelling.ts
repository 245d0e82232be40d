import type { Clock } from '#platform/time/clock.ts'
import type { CatalogDatabase, Tx } from '../data/catalog-database.ts'
import { lockProductIds } from '../data/stored-product.ts'
import { tellMarkets } from './tell-markets.ts'
import { tellProducts } from './tell-products.ts'
import { tellPromotions } from './tell-promotions.ts'

/** With so many events waiting to be sent nothing more is told again: what happens now must not wait behind it. */
const mostWaiting = 300

/**
 * Goes on with telling everything again, for a reader that starts from nothing. Each batch is told from locked rows, under the
 * next numbers of their aggregates: whatever changes meanwhile is told before or after it, and a reader that keeps the latest
 * ends with what is. Progress commits with each batch, so another process can go on where this one was killed.
 */
export async function runRetelling(
  options: { database: CatalogDatabase; clock: Clock; productsAtOnce?: number },
  signal: AbortSignal,
): Promise<void> {
  const { database, clock, productsAtOnce = 100 } = options
  let isMore = true
  while (isMore && !signal.aborted) {
    isMore = await database.transact((tx) => retellNext(tx, productsAtOnce, clock.now()))
  }
}

/** Whether there is more to do now. */
async function retellNext(tx: Tx, productsAtOnce: number, now: Date): Promise<boolean> {
  const [open] = await tx.$queryRaw<{ id: string; hasToldFrame: boolean; lastProductId: string | null }[]>`
    SELECT id::text, has_told_frame AS "hasToldFrame", last_product_id::text AS "lastProductId"
    FROM retellings WHERE finished_at IS NULL ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`
  if (!open || (await waiting(tx)) >= mostWaiting) return false
  const { id, hasToldFrame, lastProductId } = open
  if (!hasToldFrame) {
    await tellMarkets(tx, 'all')
    const promotions = await tx.promotion.findMany({ select: { id: true } })
    await tellPromotions(
      tx,
      promotions.map((promotion) => promotion.id),
    )
    await tx.retelling.update({ where: { id }, data: { hasToldFrame: true } })
    return true
  }
  const products = await tx.product.findMany({
    where: { publishedAt: { not: null }, ...(lastProductId !== null && { id: { gt: lastProductId } }) },
    orderBy: { id: 'asc' },
    take: productsAtOnce,
    select: { id: true },
  })
  const productIds = await lockProductIds(
    tx,
    products.map((product) => product.id),
  )
  await tellProducts(tx, productIds, { listedAsBefore: new Set(productIds), now })
  const last = products.at(-1)
  await tx.retelling.update({
    where: { id },
    data: {
      toldProducts: { increment: productIds.length },
      ...(last && { lastProductId: last.id }),
      ...(products.length < productsAtOnce && { finishedAt: now }),
    },
  })
  return true
}

async function waiting(tx: Tx): Promise<number> {
  const [counted] = await tx.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting
    FROM (SELECT FROM outbox WHERE sent_at IS NULL LIMIT ${mostWaiting}) unsent`
  return counted?.waiting ?? 0
}
