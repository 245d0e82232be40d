// Baskets of eight markets, each worked out by hand in the comment above what is expected of it.
import { expect, test } from 'vitest'
import { all, always, basketOf, method, percent, promote } from './golden-basket.ts'
import type { PromotionAction } from './promotion.ts'

test('FR: 20 % in the price, a voucher of 10 % from EUR 200, rounded by line', () => {
  const welcome = promote('welcome', [percent(100_000)], {
    needsVoucher: true,
    conditions: [{ kind: 'SUBTOTAL_AT_LEAST', amounts: { EUR: '20000' }, goods: all }],
  })
  const basket = basketOf(
    { id: 'FR', currency: 'EUR', shipping: 1500n },
    { bag: { amount: 19_990n }, belt: { amount: 3_995n } },
    { promotions: [welcome], codes: { WELCOME10: 'welcome' } },
  )
  // bag 199.90: 10 % = 19.99, left 179.91, tax 179.91 × 20/120 = 29.985 → 29.99
  // belt 39.95: 10 % = 3.995 → 4.00, left 35.95, tax 5.99166… → 5.99; delivery 15.00, tax 2.50
  // 239.85 + 15.00 − 23.99 = 230.86; tax 29.99 + 5.99 + 2.50 = 38.48
  expect(basket).toMatchObject({
    subtotalMinor: 23_985n,
    shippingMinor: 1500n,
    discountMinor: 2_399n,
    taxMinor: 3_848n,
    totalMinor: 23_086n,
    lines: [
      {
        discountMinor: 1_999n,
        taxMinor: 2_999n,
        discounts: [{ promotionId: 'welcome', voucherCode: 'WELCOME10' }],
      },
      { discountMinor: 400n, taxMinor: 599n },
    ],
  })
})

test('DE: EUR 50 off once, spread over the lines, and half the delivery', () => {
  const fifty = promote('fifty', [
    { kind: 'AMOUNT', amounts: { EUR: '5000' }, goods: all },
    { kind: 'SHIPPING_PERCENTAGE', ppm: 500_000 },
  ])
  const basket = basketOf(
    { id: 'DE', currency: 'EUR', rate: 190_000, shipping: 1501n },
    { a: { amount: 10_000n }, b: { amount: 20_000n } },
    { promotions: [fifty] },
  )
  // 50.00 in 1 : 2 is 16.666… and 33.333…; the odd cent goes to the larger rest: 16.67 and 33.33
  // delivery 15.01: half is 7.505 → 7.51, left 7.50
  // a 83.33 tax × 19/119 = 13.3048… → 13.30; b 166.67 → 26.6111… → 26.61; delivery 7.50 → 1.1974… → 1.20
  // 300.00 + 15.01 − 57.51 = 257.50
  expect(basket).toMatchObject({
    discountMinor: 5_751n,
    shippingDiscounts: [{ amountMinor: 751n }],
    lines: [
      { discountMinor: 1_667n, taxMinor: 1_330n },
      { discountMinor: 3_333n, taxMinor: 2_661n },
    ],
    shippingTaxMinor: 120n,
    totalMinor: 25_750n,
  })
})

test('GB: buy two, get the cheapest free; books are at zero, and reduced goods stay out of it', () => {
  const threeForTwo = promote('3-for-2', [
    {
      kind: 'BUY_X_GET_Y',
      buy: { quantity: 2, goods: { ...all, excludesReduced: true } },
      get: { quantity: 1, goods: { ...all, excludesReduced: true } },
      ppm: 1_000_000,
      mostTimes: null,
    },
  ])
  const taxRates = [
    { country: 'GB', taxCategory: 'standard', ratePpm: 200_000, validFrom: always },
    { country: 'GB', taxCategory: 'books', ratePpm: 0, validFrom: always },
  ]
  const basket = basketOf(
    { id: 'GB', currency: 'GBP', taxRates },
    {
      scarf: { amount: 9_000n, quantity: 3 },
      book: { amount: 4_000n, taxCategory: 'books' },
      sale: { amount: 1_000n, compareAt: 2_000n },
    },
    { promotions: [threeForTwo] },
  )
  // four pieces count (three scarves, one book): once 2 bought + 1 free; the cheapest is the book at 40.00
  // scarves 270.00 tax 45.00; book 0; sale 10.00 tax 1.666… → 1.67
  expect(basket).toMatchObject({
    discountMinor: 4_000n,
    lines: [
      { discountMinor: 0n, taxMinor: 4_500n },
      { discountMinor: 4_000n, taxMinor: 0n, taxRatePpm: 0 },
      { discountMinor: 0n, taxMinor: 167n },
    ],
    totalMinor: 28_000n,
  })
})

test('JP: no decimals, tax once on the total, the rate of the day', () => {
  const taxRates = [
    { country: 'JP', taxCategory: 'standard', ratePpm: 80_000, validFrom: new Date('2014-04-01T00:00:00Z') },
    { country: 'JP', taxCategory: 'standard', ratePpm: 100_000, validFrom: new Date('2019-10-01T00:00:00Z') },
    { country: 'JP', taxCategory: 'standard', ratePpm: 150_000, validFrom: new Date('2030-01-01T00:00:00Z') },
  ]
  const basket = basketOf(
    { id: 'JP', currency: 'JPY', taxRounding: 'TOTAL', taxRates, shipping: 550n },
    { a: { amount: 33_333n, quantity: 3 }, b: { amount: 105n } },
    { promotions: [promote('cool', [percent(333_333, { variantIds: ['a'] })])] },
  )
  // a 99,999: × 0.333333 = 33,332.966… → 33,333, left 66,666
  // at 10 %: (66,666 + 105 + 550) × 10/110 = 6,120.09… → 6,120, once
  expect(basket).toMatchObject({
    subtotalMinor: 100_104n,
    discountMinor: 33_333n,
    taxMinor: 6_120n,
    totalMinor: 67_321n,
  })
})

test('CN: an exclusive promotion closes its lines to the next', () => {
  const promotions = [
    promote('exclusive', [percent(200_000, { variantIds: ['a'] })], { stacking: 'EXCLUSIVE', priority: 1 }),
    promote('member', [percent(50_000)], { priority: 2 }),
  ]
  const basket = basketOf(
    { id: 'CN', currency: 'CNY', rate: 130_000 },
    { a: { amount: 888_800n }, b: { amount: 100_000n } },
    { promotions },
  )
  // a 8,888.00: 20 % = 1,777.60 and no more; b 1,000.00: 5 % = 50.00
  // tax a 7,110.40 × 13/113 = 818.0106… → 818.01; b 950.00 → 109.2920… → 109.29
  expect(basket).toMatchObject({
    lines: [
      { discountMinor: 177_760n, taxMinor: 81_801n, discounts: [{ promotionId: 'exclusive' }] },
      { discountMinor: 5_000n, taxMinor: 10_929n, discounts: [{ promotionId: 'member' }] },
    ],
    totalMinor: 806_040n,
  })
})

test('KR: the highest tier that is reached, and a gift that changes no total', () => {
  const promotions = [
    promote('tiers', [
      {
        kind: 'TIERED_PERCENTAGE',
        tiers: [
          { atLeast: { KRW: '1000000' }, ppm: 50_000 },
          { atLeast: { KRW: '2000000' }, ppm: 100_000 },
          { atLeast: { KRW: '5000000' }, ppm: 200_000 },
        ],
        goods: all,
      },
    ]),
    promote('pouch', [{ kind: 'GIFT', variantId: 'pouch', quantity: 1 }]),
  ]
  const sold = { bag: { amount: 2_345_000n }, pouch: { amount: 90_000n, quantity: 0 } }
  const basket = basketOf({ id: 'KR', currency: 'KRW', rate: 100_000 }, sold, { promotions })
  // 2,345,000 reaches the tier of 10 %: 234,500, left 2,110,500, tax × 10/110 = 191,863.63… → 191,864
  // the pouch is listed at 90,000 and taken off in full
  expect(basket).toMatchObject({
    subtotalMinor: 2_435_000n,
    discountMinor: 324_500n,
    taxMinor: 191_864n,
    totalMinor: 2_110_500n,
    lines: [{ isGift: false }, { variantId: 'pouch', isGift: true, discountMinor: 90_000n, taxMinor: 0n }],
  })
})

test('US: tax on top of what is left after discounts, of delivery too; the heavy parcel costs more', () => {
  const heavy = method('ground', 0n, {
    rates: [
      {
        countries: [],
        minWeightGrams: 0,
        maxWeightGrams: 2_000,
        minSubtotalMinor: 0n,
        maxSubtotalMinor: null,
        amountMinor: 2_000n,
      },
      {
        countries: ['US'],
        minWeightGrams: 2_000,
        maxWeightGrams: null,
        minSubtotalMinor: 0n,
        maxSubtotalMinor: null,
        amountMinor: 4_500n,
      },
    ],
  })
  const perPiece: PromotionAction = { kind: 'AMOUNT_PER_PIECE', amounts: { USD: '1000' }, goods: all }
  const basket = basketOf(
    { id: 'US', currency: 'USD', pricesIncludeTax: false, rate: 88_750, shippingMethods: [heavy] },
    { boots: { amount: 12_345n, quantity: 2, weightGrams: 1_000 } },
    { promotions: [promote('ten', [perPiece], { scope: 'CATALOG' })] },
  )
  // boots 246.90 − 2 × 10.00 = 226.90; tax 8.875 % = 20.137375 → 20.14
  // 2,000 g is the heavy rate: 45.00, tax 3.99375 → 3.99
  // 226.90 + 45.00 + 24.13 = 296.03
  expect(basket).toMatchObject({ discountMinor: 2_000n, taxMinor: 2_413n, totalMinor: 29_603n })
})

test('KW: three decimals, half to even, no tax; catalogue first, then the voucher', () => {
  const promotions = [
    promote('voucher', [percent(150_000)], { needsVoucher: true, priority: 0 }),
    promote('shelf', [percent(50_000)], { scope: 'CATALOG', priority: 9 }),
  ]
  const basket = basketOf(
    { id: 'KW', currency: 'KWD', roundingMode: 'HALF_EVEN', rate: 0, shipping: 2_500n },
    { ring: { amount: 1_250n, quantity: 2 } },
    { promotions, codes: { EID: 'voucher' } },
  )
  // on the shelf a piece of 1.250 loses 0.0625 → 0.062 (to even), two lose 0.124, left 2.376
  // the voucher takes 15 % of the line: 0.3564 → 0.356; 2.500 + 2.500 − 0.480 = 4.520
  expect(basket).toMatchObject({
    taxMinor: 0n,
    totalMinor: 4_520n,
    lines: [
      {
        discountMinor: 480n,
        discounts: [
          { promotionId: 'shelf', amountMinor: 124n },
          { promotionId: 'voucher', amountMinor: 356n, voucherCode: 'EID' },
        ],
      },
    ],
  })
})
