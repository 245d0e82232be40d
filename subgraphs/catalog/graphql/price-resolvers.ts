import type { Resolvers } from '#platform/graphql/build-schema.ts'
import { moneyColumns } from '#platform/graphql/money-output.ts'
import type { Promotion } from '../domain/promotion.ts'
import { pickTranslation } from '../domain/translations.ts'
import type { Context, Localised } from './context.ts'
import { savePrices } from './mutations/save-prices.ts'
import type { VariantPrice } from './price-loaders.ts'
import type { Services } from './services.ts'

export const compareAt = ({ currency, compareAtMinor }: VariantPrice) =>
  compareAtMinor === null ? null : moneyColumns(currency, compareAtMinor)

export const createPriceResolvers = (services: Services): Resolvers => ({
  Mutation: { savePrices: savePrices(services) },
  SavePricesResult: { __resolveType: (outcome: { kind: string }) => outcome.kind },
  SavePricesSuccess: {
    variants: ({ variantIds }: { variantIds: string[] }, _: unknown, { loaders }: Context) =>
      loaders.variant.loadMany(variantIds),
  },
  Price: {
    current: (price: VariantPrice) => moneyColumns(price.currency, price.amountMinor),
    compareAt,
    reductions: ({ currency, reductions }: VariantPrice) =>
      reductions.map(({ promotion, offMinor }) => ({ promotion, amount: moneyColumns(currency, offMinor) })),
  },
  PriceReduction: {
    name: ({ promotion }: { promotion: Promotion }, { locale }: Localised) =>
      pickTranslation(promotion.names, locale),
  },
})
