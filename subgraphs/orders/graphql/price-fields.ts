import { moneyColumns } from '#platform/graphql/money-output.ts'
import type { Market, ShippingMethod, ShippingRate } from '../data/generated/client.ts'
import type { Tariff } from '../data/find-tariffs.ts'
import { pickTranslation } from '../domain/pick-translation.ts'

interface LocaleArgs {
  locale?: string | null
}

type Texts = Readonly<Record<string, string>>

/** Something with names in several languages. */
const named =
  <Field extends string>(field: Field) =>
  (of: Readonly<Record<Field, Texts>>, { locale }: LocaleArgs) =>
    pickTranslation(of[field], locale ?? 'en')

/** A rate knows its currency from its market. */
type RateOfMarket = ShippingRate & Pick<Market, 'currency'>

export const priceFields = {
  QuoteDiscount: { name: named('names') },
  ShippingMethod: { name: named('names'), description: named('descriptions') },
  ShippingTariff: {
    method: (tariff: Tariff): ShippingMethod => tariff,
    rates: (tariff: Tariff): RateOfMarket[] =>
      tariff.rates.map((rate) => ({ ...rate, currency: tariff.currency })),
  },
  ShippingRate: {
    minSubtotal: (rate: RateOfMarket) => moneyColumns(rate.currency, rate.minSubtotalMinor),
    maxSubtotal: (rate: RateOfMarket) =>
      rate.maxSubtotalMinor === null ? null : moneyColumns(rate.currency, rate.maxSubtotalMinor),
    amount: (rate: RateOfMarket) => moneyColumns(rate.currency, rate.amountMinor),
  },
}
