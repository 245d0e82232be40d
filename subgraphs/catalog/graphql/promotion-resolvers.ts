import type { Resolvers } from '#platform/graphql/build-schema.ts'
import { parsePage, toConnection } from '#platform/graphql/connection.ts'
import { moneyColumns } from '#platform/graphql/money-output.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type { Promotion as PromotionRow } from '../data/generated/client.ts'
import { readTranslations } from '../data/json-columns.ts'
import { isInState, listPromotions } from '../data/list-promotions.ts'
import { readActions, readConditions, toPromotion } from '../data/stored-promotion.ts'
import {
  type AmountByCurrency,
  type PromotionAction,
  type PromotionCondition,
  promotionState,
  type PromotionState,
} from '../domain/promotion.ts'
import { pickTranslation } from '../domain/translations.ts'
import type { Context, Localised, PageArgs, Reference } from './context.ts'
import { datePart, idPart } from './cursor-parts.ts'
import { endPromotion } from './mutations/end-promotion.ts'
import { savePromotion } from './mutations/save-promotion.ts'
import { previewPromotion } from './preview-promotion.ts'
import type { Services } from './services.ts'

const toMoney = (amounts: AmountByCurrency) =>
  Object.entries(amounts).map(([currency, minorUnits]) => moneyColumns(currency, BigInt(minorUnits)))
const amounts = { amounts: (of: { amounts: AmountByCurrency }) => toMoney(of.amounts) }

const conditionTypes = {
  SUBTOTAL_AT_LEAST: 'SubtotalAtLeast',
  QUANTITY_AT_LEAST: 'QuantityAtLeast',
  COUNTRY_IN: 'CountryIn',
} as const satisfies Record<PromotionCondition['kind'], string>

const actionTypes = {
  PERCENTAGE: 'PercentageOff',
  AMOUNT_PER_PIECE: 'AmountOffPiece',
  AMOUNT: 'AmountOff',
  TIERED_PERCENTAGE: 'TieredPercentageOff',
  BUY_X_GET_Y: 'BuyXGetY',
  GIFT: 'GiftLine',
  SHIPPING_PERCENTAGE: 'ShippingPercentageOff',
} as const satisfies Record<PromotionAction['kind'], string>

type BuyXGetY = Extract<PromotionAction, { kind: 'BUY_X_GET_Y' }>

const ofKind = { __resolveType: (outcome: { kind: string }) => outcome.kind }
const withPromotion = {
  promotion: ({ promotionId }: { promotionId: string }, _: unknown, { loaders }: Context) =>
    loaders.promotion.load(promotionId),
}
const findPromotion = ({ id }: Reference, { loaders }: Context) =>
  isUuid(id) ? loaders.promotion.load(id.toLowerCase()) : null

export function createPromotionResolvers(services: Services): Resolvers {
  const { prisma } = services.database
  return {
    Query: {
      promotions: async (
        _: unknown,
        args: PageArgs & { state?: PromotionState | null },
        { loaders }: Context,
      ) => {
        const { limit, after } = parsePage(args, { cursorParts: 2 })
        const inState = isInState(args.state ?? null, loaders.now)
        const place = after && { startsAt: datePart(after[0]), id: idPart(after[1]) }
        const rows = await listPromotions(prisma, inState, { limit, after: place })
        return {
          ...toConnection(rows, limit, (row) => [row.startsAt.toISOString(), row.id]),
          totalCount: () => prisma.promotion.count({ where: inState }),
        }
      },
      promotion: (_: unknown, reference: Reference, context: Context) => findPromotion(reference, context),
      previewPromotion: previewPromotion(services),
    },
    Mutation: { savePromotion: savePromotion(services), endPromotion: endPromotion(services) },
    Promotion: {
      __resolveReference: findPromotion,
      name: (row: PromotionRow, { locale }: Localised) =>
        pickTranslation(readTranslations(row.names), locale),
      names: (row: PromotionRow) =>
        Object.entries(readTranslations(row.names)).map(([locale, text]) => ({ locale, text })),
      conditions: (row: PromotionRow) => readConditions(row.conditions),
      actions: (row: PromotionRow) => readActions(row.actions),
      state: (row: PromotionRow, _: unknown, { loaders }: Context) =>
        promotionState(toPromotion(row), loaders.now),
    },
    PromotionCondition: { __resolveType: ({ kind }: PromotionCondition) => conditionTypes[kind] },
    PromotionAction: { __resolveType: ({ kind }: PromotionAction) => actionTypes[kind] },
    SubtotalAtLeast: amounts,
    AmountOffPiece: amounts,
    AmountOff: amounts,
    PromotionTier: { atLeast: (tier: { atLeast: AmountByCurrency }) => toMoney(tier.atLeast) },
    BuyXGetY: {
      buyQuantity: ({ buy }: BuyXGetY) => buy.quantity,
      buyGoods: ({ buy }: BuyXGetY) => buy.goods,
      getQuantity: ({ get }: BuyXGetY) => get.quantity,
      getGoods: ({ get }: BuyXGetY) => get.goods,
    },
    GiftLine: {
      variant: ({ variantId }: { variantId: string }, _: unknown, { loaders }: Context) =>
        loaders.variant.load(variantId),
    },
    SavePromotionResult: ofKind,
    EndPromotionResult: ofKind,
    PreviewPromotionResult: ofKind,
    SavePromotionSuccess: withPromotion,
    EndPromotionSuccess: withPromotion,
  }
}
