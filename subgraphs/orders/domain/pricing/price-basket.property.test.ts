import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CurrencyCode } from '#platform/money/currencies.ts'
import type { MarketRules } from './market-rules.ts'
import { sumOf } from './open-line.ts'
import { type Basket, priceBasket, type WantedLine } from './price-basket.ts'
import type { Goods, Promotion, PromotionAction } from './promotion.ts'
import type { SellableVariant } from './sellable.ts'

// Each world is a market, its goods and its promotions; a hundred carts are priced in each of them.

const worlds = 1_020
const cartsPerWorld = 100
// prettier-ignore
const currencies: CurrencyCode[] = ['JPY', 'KRW', 'CLP', 'VND', 'EUR', 'USD', 'GBP', 'CNY', 'CHF', 'KWD', 'BHD', 'TND']
const at = new Date('2026-11-20T12:00:00Z')
const always = new Date(0)

const variantIds = ['v1', 'v2', 'v3', 'v4', 'v5', 'v6'] as const
const ppm = fc.constantFrom(1, 33_333, 100_000, 250_000, 500_000, 999_999, 1_000_000)
const goods = fc.record<Goods>({
  productIds: fc.constant([]),
  variantIds: fc.oneof(fc.constant([]), fc.subarray([...variantIds])),
  categories: fc.constantFrom([], ['bags'], ['shoes']),
  collectionIds: fc.constantFrom([], ['winter']),
  excludesReduced: fc.boolean(),
})

const action = (currency: CurrencyCode) => {
  const amounts = fc.bigInt(0n, 30_000n).map((amount) => ({ [currency]: amount.toString() }))
  return fc.oneof(
    fc.record({ kind: fc.constant('PERCENTAGE' as const), ppm, goods }),
    fc.record({ kind: fc.constant('AMOUNT_PER_PIECE' as const), amounts, goods }),
    fc.record({ kind: fc.constant('AMOUNT' as const), amounts, goods }),
    fc.record({
      kind: fc.constant('TIERED_PERCENTAGE' as const),
      tiers: fc.array(fc.record({ atLeast: amounts, ppm }), { minLength: 1, maxLength: 3 }),
      goods,
    }),
    fc.record({
      kind: fc.constant('BUY_X_GET_Y' as const),
      buy: fc.record({ quantity: fc.integer({ min: 1, max: 3 }), goods }),
      get: fc.record({ quantity: fc.integer({ min: 1, max: 2 }), goods }),
      ppm,
      mostTimes: fc.constantFrom(null, 1, 2),
    }),
    fc.record({
      kind: fc.constant('GIFT' as const),
      variantId: fc.constantFrom(...variantIds),
      quantity: fc.integer({ min: 1, max: 2 }),
    }),
    fc.record({ kind: fc.constant('SHIPPING_PERCENTAGE' as const), ppm }),
  )
}

const promotion = (currency: CurrencyCode, id: string) =>
  fc.record<Promotion>({
    id: fc.constant(id),
    names: fc.constant({}),
    scope: fc.constantFrom('CATALOG', 'ORDER'),
    marketIds: fc.constant([]),
    priority: fc.integer({ min: 1, max: 4 }),
    stacking: fc.constantFrom('STACKS', 'STACKS', 'EXCLUSIVE'),
    needsVoucher: fc.boolean(),
    conditions: fc.oneof(
      fc.constant([]),
      fc.bigInt(0n, 60_000n).map((least) => [
        {
          kind: 'SUBTOTAL_AT_LEAST' as const,
          amounts: { [currency]: least.toString() },
          goods: {
            productIds: [],
            variantIds: [],
            categories: [],
            collectionIds: [],
            excludesReduced: false,
          },
        },
      ]),
    ),
    actions: fc.array<PromotionAction>(action(currency), { minLength: 1, maxLength: 2 }),
    startsAt: fc.constant(always),
    endsAt: fc.constant(null),
    isActive: fc.constant(true),
  })

interface World {
  market: MarketRules
  sellables: Map<string, SellableVariant>
  promotions: Promotion[]
  carts: WantedLine[][]
}

const sellable = (
  variantId: string,
  amountMinor: bigint,
  compareAtMinor: bigint | null,
  currency: string,
) => ({
  variantId,
  productId: `p${variantId}`,
  sku: variantId,
  names: {},
  optionsLabels: {},
  imageUrl: null,
  category: variantId < 'v4' ? 'bags' : 'shoes',
  taxCategory: variantId === 'v6' ? 'books' : 'standard',
  collectionIds: variantId < 'v3' ? ['winter'] : [],
  weightGrams: 400,
  isSold: true,
  prices: [{ marketId: 'M', currency, amountMinor, compareAtMinor, validFrom: always, validTo: null }],
})

const world = (currency: CurrencyCode): fc.Arbitrary<World> =>
  fc
    .record({
      tax: fc.record({
        pricesIncludeTax: fc.boolean(),
        taxRounding: fc.constantFrom('LINE' as const, 'TOTAL' as const),
        roundingMode: fc.constantFrom('HALF_EVEN' as const, 'HALF_UP' as const),
      }),
      rates: fc.tuple(fc.constantFrom(0, 55_000, 88_750, 200_000), fc.constantFrom(55_000, 100_000)),
      prices: fc.array(fc.bigInt(0n, 20_000n), { minLength: 6, maxLength: 6 }),
      shipping: fc.bigInt(0n, 3_000n),
      promotions: fc.tuple(...['a', 'b', 'c', 'd', 'e'].map((id) => promotion(currency, id))),
      quantities: fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 6, maxLength: 6 }), {
        minLength: cartsPerWorld,
        maxLength: cartsPerWorld,
      }),
    })
    .map(({ tax, rates, prices, shipping, promotions, quantities }) => ({
      market: {
        ...tax,
        id: 'M',
        currency,
        countries: ['XX'],
        locales: [],
        reservationMinutes: 15,
        bankTransferDays: null,
        taxRates: [
          { country: 'XX', taxCategory: 'standard', ratePpm: rates[0], validFrom: always },
          { country: 'XX', taxCategory: 'books', ratePpm: rates[1], validFrom: always },
        ],
        shippingMethods: [
          {
            id: 's',
            code: 's',
            kind: 'COURIER',
            names: {},
            descriptions: {},
            rates: [
              {
                countries: [],
                minWeightGrams: 0,
                maxWeightGrams: null,
                minSubtotalMinor: 0n,
                maxSubtotalMinor: 50_000n,
                amountMinor: shipping,
              },
              {
                countries: [],
                minWeightGrams: 0,
                maxWeightGrams: null,
                minSubtotalMinor: 50_000n,
                maxSubtotalMinor: null,
                amountMinor: 0n,
              },
            ],
          },
        ],
      },
      sellables: new Map(
        variantIds.map((id, index) => [
          id,
          sellable(id, prices[index] ?? 0n, index % 3 === 2 ? 20_000n : null, currency),
        ]),
      ),
      promotions,
      carts: quantities.map((pieces) =>
        pieces.flatMap((quantity, index) =>
          quantity === 0 ? [] : [{ variantId: variantIds[index] ?? 'v1', quantity }],
        ),
      ),
    }))

const available = new Map(variantIds.map((id) => [id, 4]))

function price({ market, sellables }: World, wanted: WantedLine[], promotions: readonly Promotion[]): Basket {
  const vouchers = promotions
    .filter((each) => each.needsVoucher && each.id !== 'e')
    .map((each) => ({ code: each.id.toUpperCase(), promotionId: each.id }))
  const offers = { promotions, vouchers }
  const delivery = { methodId: null }
  return priceBasket({ market, country: 'XX', wanted, sellables, offers, available, at, delivery })
}

/** The first promise a basket breaks; null when it keeps them all. Plain comparisons: this runs a hundred thousand times. */
function brokenPromise(basket: Basket): string | null {
  const { lines, shippingDiscounts, shippingMinor, discountMinor, taxMinor } = basket
  const amounts = [discountMinor, taxMinor, shippingMinor, basket.totalMinor, basket.shippingTaxMinor]
  if (amounts.some((amount) => amount < 0n)) return 'an amount is negative'
  for (const line of lines) {
    if (line.totalMinor !== line.unitPriceMinor * BigInt(line.quantity)) return 'a line is not its pieces'
    if (line.discountMinor < 0n || line.taxMinor < 0n) return 'a line is negative'
    if (line.discountMinor > line.totalMinor) return 'more is taken off a line than it costs'
    if (sumOf(line.discounts.map((each) => each.amountMinor)) !== line.discountMinor) return 'unexplained'
    if (line.isGift && line.discountMinor !== line.totalMinor) return 'a gift is not free'
  }
  const offShipping = sumOf(shippingDiscounts.map((each) => each.amountMinor))
  if (offShipping > shippingMinor) return 'more is taken off the delivery than it costs'
  if (sumOf(lines.map((line) => line.discountMinor)) + offShipping !== discountMinor) return 'discount'
  if (sumOf(lines.map((line) => line.totalMinor)) !== basket.subtotalMinor) return 'subtotal'
  if (sumOf(lines.map((line) => line.taxMinor)) + basket.shippingTaxMinor !== taxMinor) return 'tax'
  const onTop = basket.taxIncluded ? 0n : taxMinor
  if (basket.subtotalMinor + shippingMinor - discountMinor + onTop !== basket.totalMinor) return 'total'
  return null
}

const told = (basket: Basket) => [
  basket.totalMinor,
  basket.taxMinor,
  ...basket.lines
    .map(
      (line) =>
        `${line.variantId} ${String(line.isGift)} ${String(line.discountMinor)} ${String(line.taxMinor)}`,
    )
    .sort(),
]

test('100,000 random carts in twelve currencies: sums are exact, every unit of discount is explained, nothing is negative', () => {
  let carts = 0
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.constantFrom(...currencies).chain(world), (here) => {
      seen.add(here.market.currency)
      const stacking = here.promotions.filter((each) => each.stacking === 'STACKS')
      const fewer = stacking.slice(1)
      for (const cart of here.carts) {
        carts += 1
        const basket = price(here, cart, here.promotions)
        const broken = brokenPromise(basket)
        if (broken !== null) return expect.fail(`${broken}: ${JSON.stringify(cart)}`)
        // The rest on a tenth of them: it is about how promotions act on each other, not about sums.
        if (carts % 10 !== 0) continue
        // An exclusive one may close lines to a better one: that is its point. All others only make it cheaper.
        const without = price(here, cart, fewer).totalMinor
        if (price(here, cart, stacking).totalMinor > without) return expect.fail('one more made it dearer')
        expect(told(price(here, cart.toReversed(), here.promotions.toReversed()))).toEqual(told(basket))
      }
    }),
    { numRuns: worlds },
  )
  expect(carts).toBeGreaterThanOrEqual(100_000)
  expect(seen.size).toBe(12)
}, 60_000)

test('an exclusive promotion that comes last never makes a basket dearer', () => {
  fc.assert(
    fc.property(fc.constantFrom(...currencies).chain(world), (here) => {
      const [last, ...rest] = here.promotions
      if (!last) return
      const exclusive: Promotion = { ...last, stacking: 'EXCLUSIVE', scope: 'ORDER', priority: 9 }
      for (const cart of here.carts.slice(0, 10)) {
        const after = price(here, cart, [...rest, exclusive]).totalMinor
        expect(after <= price(here, cart, rest).totalMinor).toBe(true)
      }
    }),
    { numRuns: 100 },
  )
})
