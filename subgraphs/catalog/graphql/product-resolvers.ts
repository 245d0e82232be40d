import { badInput } from '#platform/errors/errors.ts'
import { isStaff } from '#platform/auth/identity.ts'
import type { Resolvers } from '#platform/graphql/build-schema.ts'
import { moneyColumns } from '#platform/graphql/money-output.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type { Product, ProductVariant } from '../data/generated/client.ts'
import { readOptions, readSelection, readTranslations } from '../data/json-columns.ts'
import { mostVariants, type Option, type OptionValue } from '../domain/product.ts'
import { pickTranslation } from '../domain/translations.ts'
import type { Context, Localised, Reference } from './context.ts'
import { isMarketCode } from './market-code.ts'
import { compareAt } from './price-resolvers.ts'

interface SelectedOption {
  option: Option
  value: OptionValue
}

// What was never shown to shoppers stays unseen. What is archived is still resolved for a cart or an order that names it.
async function visibleProduct(id: string, { loaders, identity }: Context): Promise<Product | null> {
  if (!isUuid(id)) return null
  const product = await loaders.product.load(id.toLowerCase())
  return product?.publishedAt === null && !(identity && isStaff(identity)) ? null : product
}

async function visibleVariant(id: string, context: Context): Promise<ProductVariant | null> {
  if (!isUuid(id)) return null
  const variant = await context.loaders.variant.load(id.toLowerCase())
  return variant && (await visibleProduct(variant.productId, context)) ? variant : null
}

const named = (thing: { names: OptionValue['names'] }, { locale }: Localised) =>
  pickTranslation(thing.names, locale)

export const productResolvers: Resolvers = {
  Product: {
    __resolveReference: ({ id }: Reference, context: Context) => visibleProduct(id, context),
    name: (product: Product, { locale }: Localised) =>
      pickTranslation(readTranslations(product.names), locale),
    description: (product: Product, { locale }: Localised) =>
      pickTranslation(readTranslations(product.descriptions), locale),
    details: (product: Product, { locale }: Localised) =>
      pickTranslation(readTranslations(product.details), locale),
    options: (product: Product) => readOptions(product.options),
    variants: async (product: Product, _: unknown, { loaders }: Context) =>
      (await loaders.variantsOf.load(product.id)).slice(0, mostVariants),
    media: async (product: Product, { first }: { first?: number | null }, { loaders }: Context) => {
      const most = first ?? 50
      if (most < 1 || most > 50) throw badInput('first must be 1 to 50.', { argument: 'first' })
      return (await loaders.mediaOf.load(product.id)).slice(0, most)
    },
    priceRange: async (product: Product, { market }: { market: string }, { loaders }: Context) => {
      const range = isMarketCode(market) ? await loaders.priceRange.load({ id: product.id, market }) : null
      return (
        range && {
          min: moneyColumns(range.min.currency, range.min.amountMinor),
          max: moneyColumns(range.max.currency, range.max.amountMinor),
          compareAt: compareAt(range.min),
        }
      )
    },
    collections: (product: Product, _: unknown, { loaders }: Context) =>
      loaders.collectionsOf.load(product.id),
  },
  ProductOption: { name: named },
  ProductOptionValue: { name: named },
  ProductVariant: {
    __resolveReference: ({ id }: Reference, context: Context) => visibleVariant(id, context),
    product: (variant: ProductVariant, _: unknown, { loaders }: Context) =>
      loaders.product.load(variant.productId),
    options: async (variant: ProductVariant, _: unknown, { loaders }: Context): Promise<SelectedOption[]> => {
      const product = await loaders.product.load(variant.productId)
      const chosen = readSelection(variant.options)
      return (product ? readOptions(product.options) : []).flatMap((option) => {
        const value = option.values.find((candidate) => candidate.code === chosen[option.code])
        return value ? [{ option, value }] : []
      })
    },
    media: async (variant: ProductVariant, _: unknown, { loaders }: Context) =>
      variant.mediaId === null
        ? ((await loaders.mediaOf.load(variant.productId))[0] ?? null)
        : loaders.media.load(variant.mediaId),
    price: async (variant: ProductVariant, { market }: { market: string }, { loaders }: Context) => {
      return isMarketCode(market) ? loaders.price.load({ id: variant.id, market }) : null
    },
  },
  SelectedOption: {
    option: ({ option }: SelectedOption) => option.code,
    value: ({ value }: SelectedOption) => value.code,
    optionName: ({ option }: SelectedOption, args: Localised) => named(option, args),
    valueName: ({ value }: SelectedOption, args: Localised) => named(value, args),
  },
}
