import type { PromotionFieldsFragment } from '#generated/graphql.ts'

// What a promotion does, in a line that people read.

type Action = PromotionFieldsFragment['actions'][number]
type Condition = PromotionFieldsFragment['conditions'][number]
interface Amount {
  currency: string
  amount: string
}

/** 150000 → `15 %`. */
export function percentOf(ppm: number): string {
  return `${String(ppm / 10_000)} %`
}

const amounts = (list: readonly Amount[]) =>
  list.map(({ currency, amount }) => `${currency} ${amount}`).join(', ')

export function actionWords(action: Action): string {
  switch (action.__typename) {
    case 'PercentageOff':
      return `${percentOf(action.ppm)} off`
    case 'AmountOffPiece':
      return `${amounts(action.amounts)} off each piece`
    case 'AmountOff':
      return `${amounts(action.amounts)} off`
    case 'TieredPercentageOff':
      return action.tiers.map((tier) => `${percentOf(tier.ppm)} off from ${amounts(tier.atLeast)}`).join('; ')
    case 'BuyXGetY':
      return `for every ${String(action.buyQuantity)} bought ${String(action.getQuantity)} at ${percentOf(action.ppm)} off`
    case 'GiftLine':
      return `${String(action.quantity)} × ${action.variant.product.name} as a gift`
    case 'ShippingPercentageOff':
      return action.ppm === 1_000_000 ? 'free delivery' : `${percentOf(action.ppm)} off the delivery`
  }
}

export function conditionWords(condition: Condition): string {
  switch (condition.__typename) {
    case 'SubtotalAtLeast':
      return `from ${amounts(condition.amounts)}`
    case 'QuantityAtLeast':
      return `from ${String(condition.quantity)} pieces`
    case 'CountryIn':
      return `to ${condition.countries.join(', ')}`
  }
}

/** `15 % off` or `free delivery, from EUR 1000.00`. */
export function promotionWords({
  actions,
  conditions,
}: Pick<PromotionFieldsFragment, 'actions' | 'conditions'>): string {
  const text = [...actions.map(actionWords), ...conditions.map(conditionWords)].join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
