// A promotion as catalog tells it. What it means is said in contracts/catalog.ts.

/** Minor units in decimal digits by currency, as they were told. */
export type AmountByCurrency = Readonly<Record<string, string>>

/** Which goods are meant. An empty list does not narrow; what several lists name must fit each of them. */
export interface Goods {
  productIds: readonly string[]
  variantIds: readonly string[]
  categories: readonly string[]
  collectionIds: readonly string[]
  /** Leave out what has a compare-at price. */
  excludesReduced: boolean
}

export type PromotionCondition =
  | { kind: 'SUBTOTAL_AT_LEAST'; amounts: AmountByCurrency; goods: Goods }
  | { kind: 'QUANTITY_AT_LEAST'; quantity: number; goods: Goods }
  | { kind: 'COUNTRY_IN'; countries: readonly string[] }

/** Takes something off lines. */
export type LineAction =
  | { kind: 'PERCENTAGE'; ppm: number; goods: Goods }
  | { kind: 'AMOUNT_PER_PIECE'; amounts: AmountByCurrency; goods: Goods }
  | { kind: 'AMOUNT'; amounts: AmountByCurrency; goods: Goods }
  | {
      kind: 'TIERED_PERCENTAGE'
      tiers: readonly { atLeast: AmountByCurrency; ppm: number }[]
      goods: Goods
    }
  | {
      kind: 'BUY_X_GET_Y'
      buy: { quantity: number; goods: Goods }
      get: { quantity: number; goods: Goods }
      ppm: number
      mostTimes: number | null
    }

export interface GiftAction {
  kind: 'GIFT'
  variantId: string
  quantity: number
}

export type PromotionAction = LineAction | GiftAction | { kind: 'SHIPPING_PERCENTAGE'; ppm: number }

export interface Promotion {
  id: string
  names: Readonly<Record<string, string>>
  scope: 'CATALOG' | 'ORDER'
  /** Empty: every market. */
  marketIds: readonly string[]
  priority: number
  stacking: 'STACKS' | 'EXCLUSIVE'
  needsVoucher: boolean
  conditions: readonly PromotionCondition[]
  actions: readonly PromotionAction[]
  startsAt: Date
  endsAt: Date | null
  isActive: boolean
}

/** Whether it can do anything in the market at the moment; what is bought is another question. */
export function isRunning(promotion: Promotion, marketId: string, at: Date): boolean {
  return (
    promotion.isActive &&
    promotion.startsAt <= at &&
    (promotion.endsAt === null || promotion.endsAt > at) &&
    (promotion.marketIds.length === 0 || promotion.marketIds.includes(marketId))
  )
}

/** The order in which promotions are done, whatever the order they come in. */
export function byTurn(a: Promotion, b: Promotion): number {
  if (a.scope !== b.scope) return a.scope === 'CATALOG' ? -1 : 1
  if (a.priority !== b.priority) return a.priority - b.priority
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/**
 * What a promotion does. One of the catalogue makes pieces cheaper, not lines, so that a piece costs in a basket what it
 * costs on the shelf; whatever else it were told to do, no shelf could show.
 */
export function actionsOf({ scope, actions }: Promotion): readonly PromotionAction[] {
  if (scope === 'ORDER') return actions
  return actions.filter(({ kind }) => kind === 'PERCENTAGE' || kind === 'AMOUNT_PER_PIECE')
}

/** The amount told for a currency; null when none was. */
export function amountIn(amounts: AmountByCurrency, currency: string): bigint | null {
  const amount = Object.hasOwn(amounts, currency) ? amounts[currency] : undefined
  return amount === undefined ? null : BigInt(amount)
}

/** The gifts that promotions may give: their copies are needed to price a basket. */
export function giftVariantIds(promotions: readonly Promotion[]): string[] {
  const gifts = promotions.flatMap(({ actions }) => actions.filter((action) => action.kind === 'GIFT'))
  return [...new Set(gifts.map((gift) => gift.variantId))]
}
