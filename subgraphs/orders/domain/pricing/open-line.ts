import type { SellableVariant } from './sellable.ts'
import type { Goods } from './promotion.ts'

/** Why something costs less. */
export interface Cause {
  promotionId: string
  names: Readonly<Record<string, string>>
  /** The code that made the promotion hold; null when it needs none. */
  voucherCode: string | null
}

export interface Discount extends Cause {
  amountMinor: bigint
}

/** A line as it was asked for and listed. */
export interface ListedLine {
  variantId: string
  quantity: number
  sellable: SellableVariant
  /** One piece, before discounts. */
  unitPriceMinor: bigint
  compareAtMinor: bigint | null
}

/** A line while promotions take from it, one after the other. Conditions look at `totalMinor`, which they do not change. */
export interface OpenLine extends ListedLine {
  totalMinor: bigint
  /** What is left to pay. */
  leftMinor: bigint
  discounts: Discount[]
  /** An exclusive promotion has taken it. */
  isClosed: boolean
}

/** What an action wants to take off a line. */
export interface Share {
  line: OpenLine
  amountMinor: bigint
}

export function openLine(line: ListedLine): OpenLine {
  const totalMinor = line.unitPriceMinor * BigInt(line.quantity)
  return { ...line, totalMinor, leftMinor: totalMinor, discounts: [], isClosed: false }
}

/** Takes off what is wanted, never more than what is left. Parts of one promotion become one discount. */
export function takeOff(line: OpenLine, cause: Cause, wantedMinor: bigint): void {
  const amountMinor = wantedMinor < line.leftMinor ? wantedMinor : line.leftMinor
  if (amountMinor <= 0n) return
  line.leftMinor -= amountMinor
  const before = line.discounts.find((discount) => discount.promotionId === cause.promotionId)
  if (before) before.amountMinor += amountMinor
  else line.discounts.push({ ...cause, amountMinor })
}

export function fits(line: ListedLine, goods: Goods): boolean {
  const { sellable } = line
  return (
    isIn(goods.productIds, sellable.productId) &&
    isIn(goods.variantIds, sellable.variantId) &&
    isIn(goods.categories, sellable.category) &&
    (goods.collectionIds.length === 0 ||
      goods.collectionIds.some((id) => sellable.collectionIds.includes(id))) &&
    !(goods.excludesReduced && line.compareAtMinor !== null)
  )
}

function isIn(list: readonly string[], value: string): boolean {
  return list.length === 0 || list.includes(value)
}

export function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
