import { lockLevelsOfOrders } from '../data/lock-levels.ts'
import { takeGoods, type GoodsPlace, type TakeGoodsOutcome } from '../data/take-goods.ts'
import type { Tx } from '../data/tx.ts'
import type { WantedLine } from '../domain/pricing/price-basket.ts'
import { findOwnHolds, releaseHolds } from './release-holds.ts'

export interface HoldRequest {
  customerRef: string
  /** One per variant. */
  lines: readonly WantedLine[]
  from: GoodsPlace
}

/**
 * Holds the goods of an order to be. What the shopper holds by earlier unpaid orders is replaced, not added to: it is freed
 * first. An earlier order that is being paid is let alone as long as there are pieces besides. `released` are the variants
 * that came back, for the caller to tell with its own.
 */
export async function holdGoods(
  tx: Tx,
  request: HoldRequest,
  now: Date,
): Promise<TakeGoodsOutcome & { released: string[] }> {
  const { customerRef, lines, from } = request
  const variantIds = lines.map((line) => line.variantId)
  const own = await findOwnHolds(tx, customerRef, variantIds)
  const release = async (orderIds: readonly string[]): Promise<string[]> => {
    if (orderIds.length === 0) return []
    await lockLevelsOfOrders(tx, orderIds, variantIds)
    return releaseHolds(tx, orderIds, now)
  }
  const released = await release(own.idle)
  const first = await takeGoods(tx, lines, from, 'reserved')
  if (first.kind === 'Taken' || own.beingPaid.length === 0) return { ...first, released }
  const more = await release(own.beingPaid)
  return { ...(await takeGoods(tx, lines, from, 'reserved')), released: [...released, ...more] }
}
