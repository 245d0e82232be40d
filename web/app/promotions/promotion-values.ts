import type { PromotionFieldsFragment } from '#generated/graphql.ts'

// What the fields of the form hold of a promotion: one text for each field.

export type PromotionValues = Readonly<Partial<Record<string, string>>>

type Action = PromotionFieldsFragment['actions'][number]
type Goods = Extract<Action, { __typename: 'PercentageOff' }>['goods']

/** Languages with a field of their own; names in others stay as they are. */
export const nameLocales = [
  ['en', 'English'],
  ['fr', 'French'],
  ['ja', 'Japanese'],
] as const

/** What the form can make. Anything else a promotion does is kept as it is. */
export const kinds = [
  { value: 'shelf-percent', label: 'Percentage off, shown on the goods' },
  { value: 'shelf-amount', label: 'Amount off each piece, shown on the goods' },
  { value: 'percent', label: 'Percentage off in the basket' },
  { value: 'amount', label: 'Amount off the basket' },
  { value: 'buy-get', label: 'Some pieces cheaper for those who buy more' },
  { value: 'gift', label: 'A gift with the basket' },
  { value: 'delivery', label: 'Percentage off the delivery' },
] as const
export const keptKind = { value: 'kept', label: 'What it does now' } as const

export function emptyValues(now: Date): PromotionValues {
  return { does: 'shelf-percent', priority: '100', stacking: 'STACKS', isActive: 'on', startsAt: minute(now) }
}

/** What the fields show of a promotion. */
export function valuesOf(promotion: PromotionFieldsFragment): PromotionValues {
  const values: Record<string, string> = {
    priority: String(promotion.priority),
    stacking: promotion.stacking,
    startsAt: minute(new Date(promotion.startsAt)),
    does: keptKind.value,
  }
  if (promotion.endsAt !== null) values.endsAt = minute(new Date(promotion.endsAt))
  if (promotion.isActive) values.isActive = 'on'
  if (promotion.needsVoucher) values.needsVoucher = 'on'
  for (const marketId of promotion.marketIds) values[`market.${marketId}`] = 'on'
  for (const { locale, text } of promotion.names) values[`name.${locale}`] = text
  const [action, ...others] = promotion.actions
  const made = action && others.length === 0 ? valuesOfAction(action, promotion.scope === 'CATALOG') : null
  const asked = valuesOfConditions(promotion.conditions)
  return made && asked ? { ...values, ...made, ...asked } : values
}

function valuesOfAction(action: Action, isOnShelf: boolean): Record<string, string> | null {
  const goods = 'goods' in action ? valuesOfGoods(action.goods) : {}
  if (!goods) return null
  switch (action.__typename) {
    case 'PercentageOff':
      return { does: isOnShelf ? 'shelf-percent' : 'percent', percent: String(action.ppm / 10_000), ...goods }
    case 'AmountOffPiece':
      return isOnShelf
        ? { does: 'shelf-amount', ...valuesOfAmounts('amount', action.amounts), ...goods }
        : null
    case 'AmountOff':
      return { does: 'amount', ...valuesOfAmounts('amount', action.amounts), ...goods }
    case 'GiftLine':
      return { does: 'gift', giftSku: action.variant.sku, getQuantity: String(action.quantity) }
    case 'ShippingPercentageOff':
      return { does: 'delivery', percent: String(action.ppm / 10_000) }
    case 'BuyXGetY': {
      const of = valuesOfGoods(action.buyGoods)
      const isSame = JSON.stringify(action.buyGoods) === JSON.stringify(action.getGoods)
      if (!of || !isSame || action.mostTimes !== null) return null
      const { buyQuantity, getQuantity, ppm } = action
      return {
        ...{ does: 'buy-get', percent: String(ppm / 10_000), ...of },
        ...{ buyQuantity: String(buyQuantity), getQuantity: String(getQuantity) },
      }
    }
    case 'TieredPercentageOff':
      return null
  }
}

function valuesOfGoods(goods: Goods): Record<string, string> | null {
  const [collectionId, ...others] = goods.collectionIds
  const { productIds, variantIds, categories, excludesReduced } = goods
  if (others.length + productIds.length + variantIds.length + categories.length > 0) return null
  return { collection: collectionId ?? '', ...(excludesReduced && { excludesReduced: 'on' }) }
}

function valuesOfAmounts(
  prefix: string,
  amounts: readonly { currency: string; amount: string }[],
): Record<string, string> {
  return Object.fromEntries(amounts.map(({ currency, amount }) => [`${prefix}.${currency}`, amount]))
}

function valuesOfConditions(
  conditions: PromotionFieldsFragment['conditions'],
): Record<string, string> | null {
  const values: Record<string, string> = {}
  for (const condition of conditions) {
    if (condition.__typename === 'CountryIn') return null
    const isOfAll = Object.values(condition.goods).every((value) => value === false || String(value) === '')
    const isSecond = condition.__typename === 'QuantityAtLeast' ? values.least !== undefined : values.isFrom
    if (!isOfAll || isSecond) return null
    if (condition.__typename === 'QuantityAtLeast') values.least = String(condition.quantity)
    else Object.assign(values, valuesOfAmounts('from', condition.amounts), { isFrom: 'yes' })
  }
  return values
}

/** As an `<input type="datetime-local">` takes it, in UTC. */
function minute(date: Date): string {
  return date.toISOString().slice(0, 16)
}
