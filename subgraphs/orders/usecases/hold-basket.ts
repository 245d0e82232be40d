import type { TakeGoodsOutcome } from '../data/take-goods.ts'
import type { Tx } from '../data/tx.ts'
import { mergeLines } from '../domain/merge-lines.ts'
import type { Basket } from '../domain/pricing/price-basket.ts'
import { withoutGifts } from '../domain/pricing/without-gifts.ts'
import { holdGoods, type HoldRequest } from './hold-goods.ts'

/**
 * Holds the goods of a basket, gifts included. When somebody else took the last piece to give, it goes without: what is
 * given never stops what is bought, and the total is the same.
 */
export async function holdBasket(
  tx: Tx,
  { basket, customerRef, from }: Omit<HoldRequest, 'lines'> & { basket: Basket },
  now: Date,
): Promise<{ basket: Basket; goods: TakeGoodsOutcome & { released: string[] } }> {
  const hold = (of: Basket) => holdGoods(tx, { customerRef, from, lines: mergeLines(of.lines) }, now)
  const goods = await hold(basket)
  if (goods.kind === 'Taken' || !basket.lines.some((line) => line.isGift)) return { basket, goods }
  const plain = withoutGifts(basket)
  const again = await hold(plain)
  return { basket: plain, goods: { ...again, released: [...goods.released, ...again.released] } }
}
