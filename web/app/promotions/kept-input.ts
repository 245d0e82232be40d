import type {
  PromotionActionInput,
  PromotionConditionInput,
  PromotionFieldsFragment,
  SavePromotionInput,
} from '#generated/graphql.ts'

type Amounts = readonly { currency: string; minorUnits: string }[]

const toAmounts = (amounts: Amounts) => amounts.map(({ currency, minorUnits }) => ({ currency, minorUnits }))

/** What a promotion does now, as it is given back when only the rest of it changes. */
export function keptInput(
  promotion: PromotionFieldsFragment,
): Pick<SavePromotionInput, 'scope' | 'conditions' | 'actions' | 'names'> {
  return {
    names: promotion.names.map(({ locale, text }) => ({ locale, text })),
    scope: promotion.scope,
    conditions: promotion.conditions.map(toCondition),
    actions: promotion.actions.map(toAction),
  }
}

function toCondition(condition: PromotionFieldsFragment['conditions'][number]): PromotionConditionInput {
  switch (condition.__typename) {
    case 'SubtotalAtLeast':
      return { subtotalAtLeast: { amounts: toAmounts(condition.amounts), goods: condition.goods } }
    case 'QuantityAtLeast':
      return { quantityAtLeast: { quantity: condition.quantity, goods: condition.goods } }
    case 'CountryIn':
      return { countryIn: condition.countries }
  }
}

function toAction(action: PromotionFieldsFragment['actions'][number]): PromotionActionInput {
  switch (action.__typename) {
    case 'PercentageOff':
      return { percentage: { ppm: action.ppm, goods: action.goods } }
    case 'AmountOffPiece':
      return { amountPerPiece: { amounts: toAmounts(action.amounts), goods: action.goods } }
    case 'AmountOff':
      return { amount: { amounts: toAmounts(action.amounts), goods: action.goods } }
    case 'TieredPercentageOff': {
      const tiers = action.tiers.map(({ atLeast, ppm }) => ({ atLeast: toAmounts(atLeast), ppm }))
      return { tieredPercentage: { tiers, goods: action.goods } }
    }
    case 'BuyXGetY': {
      const { __typename: _type, ...buyXGetY } = action
      return { buyXGetY }
    }
    case 'GiftLine':
      return { gift: { variantId: action.variant.id, quantity: action.quantity } }
    case 'ShippingPercentageOff':
      return { shippingPpm: action.ppm }
  }
}
