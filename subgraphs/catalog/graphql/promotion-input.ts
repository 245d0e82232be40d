import { z } from 'zod'
import { text } from '#platform/graphql/text-input.ts'
import { isCurrencyCode } from '#platform/money/currencies.ts'
import type { Goods, PromotionAction, PromotionCondition, PromotionInput } from '../domain/promotion.ts'
import { countryCode, instant, key, marketCode, names, ppm } from './text-inputs.ts'

// `SavePromotionInput` as the domain and the event have it.

const distinct = <T>(list: readonly T[]): T[] => [...new Set(list)]
const some = <T extends z.ZodType>(item: T) => z.array(item).max(100)
const id = z.guid('is not an id').toLowerCase()

const goods = z
  .object({
    productIds: some(id).transform(distinct),
    variantIds: some(id).transform(distinct),
    categories: some(text({ max: 200 })).transform(distinct),
    collectionIds: some(id).transform(distinct),
    excludesReduced: z.boolean(),
  })
  .nullish()
  .transform(
    (given): Goods =>
      given ?? {
        productIds: [],
        variantIds: [],
        categories: [],
        collectionIds: [],
        excludesReduced: false,
      },
  )

const amounts = some(
  z.object({
    currency: z.string().refine(isCurrencyCode, 'is no currency'),
    minorUnits: z.bigint().positive('must be above zero'),
  }),
)
  .min(1, 'needs an amount')
  .refine(
    (list) => new Set(list.map(({ currency }) => currency)).size === list.length,
    'has a currency twice',
  )
  .transform((list) =>
    Object.fromEntries(list.map(({ currency, minorUnits }) => [currency, String(minorUnits)])),
  )

/** Of the members of an input object exactly one is given. */
const hasOne = (given: object) => Object.values(given).filter((value) => value != null).length === 1
const exactlyOne = 'must have exactly one member'

const condition = z
  .object({
    subtotalAtLeast: z.object({ amounts, goods }).nullish(),
    quantityAtLeast: z.object({ quantity: z.int().min(1).max(1_000), goods }).nullish(),
    countryIn: some(countryCode).min(1).transform(distinct).nullish(),
  })
  .refine(hasOne, exactlyOne)
  .transform(({ subtotalAtLeast, quantityAtLeast, countryIn }): PromotionCondition => {
    if (subtotalAtLeast) return { kind: 'SUBTOTAL_AT_LEAST', ...subtotalAtLeast }
    if (quantityAtLeast) return { kind: 'QUANTITY_AT_LEAST', ...quantityAtLeast }
    return { kind: 'COUNTRY_IN', countries: countryIn ?? [] }
  })

const pieces = z.int().min(1).max(100)
const tier = z.object({ atLeast: amounts, ppm })
const buyXGetY = z
  .object({
    ...{ buyQuantity: pieces, buyGoods: goods, getQuantity: pieces, getGoods: goods, ppm },
    mostTimes: pieces.nullish(),
  })
  .transform(({ buyQuantity, buyGoods, getQuantity, getGoods, mostTimes, ...rest }): PromotionAction => ({
    kind: 'BUY_X_GET_Y',
    buy: { quantity: buyQuantity, goods: buyGoods },
    get: { quantity: getQuantity, goods: getGoods },
    mostTimes: mostTimes ?? null,
    ...rest,
  }))

const as = <K extends PromotionAction['kind'], T extends z.ZodObject>(kind: K, shape: T) =>
  shape.transform((value) => ({ kind, ...value })).nullish()

const action = z
  .object({
    percentage: as('PERCENTAGE', z.object({ ppm, goods })),
    amountPerPiece: as('AMOUNT_PER_PIECE', z.object({ amounts, goods })),
    amount: as('AMOUNT', z.object({ amounts, goods })),
    tieredPercentage: as('TIERED_PERCENTAGE', z.object({ tiers: z.array(tier).min(1).max(20), goods })),
    buyXGetY: buyXGetY.nullish(),
    gift: as('GIFT', z.object({ variantId: id, quantity: pieces })),
    shippingPpm: ppm.transform((value) => ({ kind: 'SHIPPING_PERCENTAGE' as const, ppm: value })).nullish(),
  })
  .refine(hasOne, exactlyOne)
  .transform((given, context): PromotionAction => {
    const found = Object.values(given).find((value) => value != null)
    if (found) return found
    context.addIssue({ code: 'custom', message: exactlyOne })
    return z.NEVER
  })

const fields: z.ZodType<
  PromotionInput & { id: string | null; version: number | null; idempotencyKey: string }
> = z.object({
  id: id.nullish().transform((value) => value ?? null),
  version: z
    .int()
    .nullish()
    .transform((value) => value ?? null),
  names,
  scope: z.enum(['CATALOG', 'ORDER']),
  marketIds: some(marketCode).transform(distinct),
  priority: z.int().min(0).max(1_000),
  stacking: z.enum(['STACKS', 'EXCLUSIVE']),
  needsVoucher: z.boolean(),
  conditions: z.array(condition).max(10),
  actions: z.array(action).min(1, 'needs an action').max(10),
  startsAt: instant,
  endsAt: instant.nullish().transform((value) => value ?? null),
  isActive: z.boolean(),
  idempotencyKey: key,
})

/** A promotion as a merchandiser gives it; `version` is there when `id` is. */
export const promotionInput = fields
  .refine(({ id, version }) => (id === null) === (version === null), {
    path: ['version'],
    message: 'is needed with an id, and only then',
  })
  .refine(({ startsAt, endsAt }) => endsAt === null || endsAt > startsAt, {
    path: ['endsAt'],
    message: 'must be after the beginning',
  })
