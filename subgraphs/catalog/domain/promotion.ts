import type { Translations } from './translations.ts'

// A promotion as a merchandiser gives it and as the event tells it.

/** An empty list does not narrow; what several lists name must fit each of them. */
export interface Goods {
  productIds: string[]
  variantIds: string[]
  categories: string[]
  collectionIds: string[]
  /** Leave out what has a compare-at price. */
  excludesReduced: boolean
}

/** Minor units by currency. */
export type AmountByCurrency = Record<string, string>

export type PromotionCondition =
  | { kind: 'SUBTOTAL_AT_LEAST'; amounts: AmountByCurrency; goods: Goods }
  | { kind: 'QUANTITY_AT_LEAST'; quantity: number; goods: Goods }
  | { kind: 'COUNTRY_IN'; countries: string[] }

export type PromotionAction =
  | { kind: 'PERCENTAGE'; ppm: number; goods: Goods }
  | { kind: 'AMOUNT_PER_PIECE'; amounts: AmountByCurrency; goods: Goods }
  | { kind: 'AMOUNT'; amounts: AmountByCurrency; goods: Goods }
  | { kind: 'TIERED_PERCENTAGE'; tiers: { atLeast: AmountByCurrency; ppm: number }[]; goods: Goods }
  | {
      kind: 'BUY_X_GET_Y'
      buy: { quantity: number; goods: Goods }
      get: { quantity: number; goods: Goods }
      ppm: number
      mostTimes: number | null
    }
  | { kind: 'GIFT'; variantId: string; quantity: number }
  | { kind: 'SHIPPING_PERCENTAGE'; ppm: number }

export interface PromotionInput {
  names: Translations
  scope: 'CATALOG' | 'ORDER'
  /** Empty: every market. */
  marketIds: string[]
  priority: number
  stacking: 'STACKS' | 'EXCLUSIVE'
  needsVoucher: boolean
  conditions: PromotionCondition[]
  actions: PromotionAction[]
  startsAt: Date
  endsAt: Date | null
  isActive: boolean
}

export interface Promotion extends PromotionInput {
  id: string
}

/** OFF does nothing whatever the time; SCHEDULED has still to begin; ENDED is over. */
export type PromotionState = 'OFF' | 'SCHEDULED' | 'RUNNING' | 'ENDED'

export function promotionState(
  promotion: Pick<PromotionInput, 'isActive' | 'startsAt' | 'endsAt'>,
  now: Date,
): PromotionState {
  if (!promotion.isActive) return 'OFF'
  if (promotion.endsAt !== null && promotion.endsAt <= now) return 'ENDED'
  return promotion.startsAt > now ? 'SCHEDULED' : 'RUNNING'
}

/** What speaks against a promotion of the catalogue: it makes a piece cheaper whoever buys it; null when nothing does. */
export function notOnShelf(
  promotion: Pick<PromotionInput, 'scope' | 'needsVoucher' | 'conditions' | 'actions'>,
): { field: string; message: string } | null {
  if (promotion.scope === 'ORDER') return null
  const { needsVoucher, conditions, actions } = promotion
  const refusal = (field: string, message: string) => ({ field, message })
  if (needsVoucher)
    return refusal('needsVoucher', 'A price on the shelf cannot need a voucher: make it one of the order.')
  if (conditions.length > 0)
    return refusal('conditions', 'A price on the shelf has no conditions: make it one of the order.')
  const other = actions.findIndex(({ kind }) => kind !== 'PERCENTAGE' && kind !== 'AMOUNT_PER_PIECE')
  return other === -1
    ? null
    : refusal(
        `actions.${String(other)}`,
        'On the shelf a piece can only become cheaper by a percentage or an amount.',
      )
}

/** Every amount in a promotion's conditions and actions, with the way to it. */
export function amountsIn({
  conditions,
  actions,
}: Pick<PromotionInput, 'conditions' | 'actions'>): { path: string; amounts: AmountByCurrency }[] {
  const found: { path: string; amounts: AmountByCurrency }[] = []
  for (const [index, condition] of conditions.entries()) {
    if ('amounts' in condition)
      found.push({ path: `conditions.${String(index)}`, amounts: condition.amounts })
  }
  for (const [index, action] of actions.entries()) {
    const path = `actions.${String(index)}`
    if ('amounts' in action) found.push({ path, amounts: action.amounts })
    if (action.kind === 'TIERED_PERCENTAGE')
      found.push(...action.tiers.map((tier) => ({ path, amounts: tier.atLeast })))
  }
  return found
}

/** Every choice of goods in a promotion, with the way to it; a gift is one of its variant. */
export function goodsIn({
  conditions,
  actions,
}: Pick<PromotionInput, 'conditions' | 'actions'>): { path: string; goods: Partial<Goods> }[] {
  const ofConditions = conditions.flatMap((condition, index) =>
    'goods' in condition ? [{ path: `conditions.${String(index)}`, goods: condition.goods }] : [],
  )
  const ofActions = actions.flatMap((action, index): { path: string; goods: Partial<Goods> }[] => {
    const path = `actions.${String(index)}`
    if ('goods' in action) return [{ path, goods: action.goods }]
    if (action.kind === 'GIFT') return [{ path, goods: { variantIds: [action.variantId] } }]
    if (action.kind !== 'BUY_X_GET_Y') return []
    return [
      { path, goods: action.buy.goods },
      { path, goods: action.get.goods },
    ]
  })
  return [...ofConditions, ...ofActions]
}
