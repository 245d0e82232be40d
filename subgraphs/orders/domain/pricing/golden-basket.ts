// Short words for baskets that are worked out by hand, see golden-cases.test.ts.
import type { MarketRules } from './market-rules.ts'
import { type Basket, priceBasket } from './price-basket.ts'
import type { Goods, Promotion, PromotionAction } from './promotion.ts'
import type { SellableVariant } from './sellable.ts'

const at = new Date('2026-11-20T12:00:00Z')
export const always = new Date(0)
export const all: Goods = {
  productIds: [],
  variantIds: [],
  categories: [],
  collectionIds: [],
  excludesReduced: false,
}

type Sold = Partial<Omit<SellableVariant, 'prices'>> & {
  amount: bigint
  compareAt?: bigint
  quantity?: number
}

export function basketOf(
  market: Pick<MarketRules, 'id' | 'currency'> & Partial<MarketRules> & { rate?: number; shipping?: bigint },
  sold: Record<string, Sold>,
  offers: { promotions?: Promotion[]; codes?: Record<string, string> } = {},
): Basket {
  const { rate = 200_000, shipping = 0n, ...rules } = market
  const full: MarketRules = {
    countries: [market.id],
    locales: [],
    pricesIncludeTax: true,
    taxRounding: 'LINE',
    roundingMode: 'HALF_UP',
    reservationMinutes: 15,
    bankTransferDays: null,
    taxRates: [{ country: market.id, taxCategory: 'standard', ratePpm: rate, validFrom: always }],
    shippingMethods: [method('standard', shipping)],
    ...rules,
  }
  const sellables = Object.entries(sold).map(([variantId, { amount, compareAt, quantity: _, ...over }]) => ({
    variantId,
    productId: variantId,
    sku: variantId,
    names: {},
    optionsLabels: {},
    imageUrl: null,
    category: 'bags',
    taxCategory: 'standard',
    collectionIds: [],
    weightGrams: 500,
    isSold: true,
    ...over,
    prices: [
      {
        marketId: market.id,
        currency: market.currency,
        amountMinor: amount,
        compareAtMinor: compareAt ?? null,
        validFrom: always,
        validTo: null,
      },
    ],
  }))
  return priceBasket({
    market: full,
    country: market.id,
    wanted: Object.entries(sold).flatMap(([variantId, { quantity = 1 }]) =>
      quantity === 0 ? [] : [{ variantId, quantity }],
    ),
    sellables: new Map(sellables.map((each) => [each.variantId, each])),
    offers: {
      promotions: offers.promotions ?? [],
      vouchers: Object.entries(offers.codes ?? {}).map(([code, promotionId]) => ({ code, promotionId })),
    },
    available: new Map(Object.keys(sold).map((variantId) => [variantId, 10])),
    at,
    delivery: { methodId: null },
  })
}

export function method(
  code: string,
  amountMinor: bigint,
  over: Partial<MarketRules['shippingMethods'][number]> = {},
) {
  const anyParcel = { countries: [], minWeightGrams: 0, minSubtotalMinor: 0n }
  const rates = [{ ...anyParcel, maxWeightGrams: null, maxSubtotalMinor: null, amountMinor }]
  return { id: code, code, kind: 'COURIER' as const, names: {}, descriptions: {}, rates, ...over }
}

export const promote = (
  id: string,
  actions: PromotionAction[],
  over: Partial<Promotion> = {},
): Promotion => ({
  id,
  names: { en: id },
  scope: 'ORDER',
  marketIds: [],
  priority: 1,
  stacking: 'STACKS',
  needsVoucher: false,
  conditions: [],
  actions,
  startsAt: always,
  endsAt: null,
  isActive: true,
  ...over,
})
export const percent = (ppm: number, goods: Partial<Goods> = {}): PromotionAction => ({
  kind: 'PERCENTAGE',
  ppm,
  goods: { ...all, ...goods },
})
