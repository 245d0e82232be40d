import { divideRounded, type RoundingMode } from '#platform/money/round.ts'
import { type Goods, type Promotion, type PromotionAction, promotionState } from './promotion.ts'

// What a piece costs on the shelf. Orders reckons the same for the basket with code of its own: the cases of
// `contracts/shelf-price-cases.ts` hold both to one answer.

export interface Piece {
  productId: string
  variantId: string
  category: string
  collectionIds: readonly string[]
  amountMinor: bigint
  compareAtMinor: bigint | null
}

export interface Reduction<P> {
  promotion: P
  offMinor: bigint
}

export interface ShelfPrice<P> {
  amountMinor: bigint
  /** The former price to strike through: the one the house names, else the one before promotions. */
  compareAtMinor: bigint | null
  reductions: Reduction<P>[]
}

export interface ShelfMarket {
  marketId: string
  currency: string
  roundingMode: RoundingMode
}

const million = 1_000_000n

/** The promotions of the catalogue that hold at a time, in the order they are reckoned. */
export function shelfPromotions<P extends Promotion>(promotions: readonly P[], at: Date): P[] {
  return promotions
    .filter((promotion) => promotion.scope === 'CATALOG' && promotionState(promotion, at) === 'RUNNING')
    .sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))
}

/** `promotions` as `shelfPromotions` gives them. */
export function shelfPrice<P extends Promotion>(
  piece: Piece,
  market: ShelfMarket,
  promotions: readonly P[],
): ShelfPrice<P> {
  let amountMinor = piece.amountMinor
  const reductions: Reduction<P>[] = []
  for (const promotion of promotions) {
    if (promotion.marketIds.length > 0 && !promotion.marketIds.includes(market.marketId)) continue
    if (promotion.stacking === 'EXCLUSIVE' && reductions.length > 0) continue
    let offMinor = 0n
    for (const action of promotion.actions) offMinor += offOf(action, piece, market, amountMinor - offMinor)
    if (offMinor === 0n) continue
    amountMinor -= offMinor
    reductions.push({ promotion, offMinor })
    if (promotion.stacking === 'EXCLUSIVE') break
  }
  const former = reductions.length > 0 ? piece.amountMinor : null
  return { amountMinor, compareAtMinor: piece.compareAtMinor ?? former, reductions }
}

function offOf(action: PromotionAction, piece: Piece, market: ShelfMarket, left: bigint): bigint {
  if (action.kind !== 'PERCENTAGE' && action.kind !== 'AMOUNT_PER_PIECE') return 0n
  if (!isAmong(piece, action.goods)) return 0n
  if (action.kind === 'PERCENTAGE')
    return divideRounded(left * BigInt(action.ppm), million, market.roundingMode)
  const amount = BigInt(action.amounts[market.currency] ?? '0')
  return amount < left ? amount : left
}

function isAmong(piece: Piece, goods: Goods): boolean {
  if (goods.excludesReduced && piece.compareAtMinor !== null) return false
  const fits = (list: readonly string[], ...own: readonly string[]) =>
    list.length === 0 || own.some((one) => list.includes(one))
  return (
    fits(goods.productIds, piece.productId) &&
    fits(goods.variantIds, piece.variantId) &&
    fits(goods.categories, piece.category) &&
    fits(goods.collectionIds, ...piece.collectionIds)
  )
}
