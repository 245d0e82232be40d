import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shelfPriceCases } from '#contracts/shelf-price-cases.ts'
import type { Promotion } from './promotion.ts'
import { shelfPrice, shelfPromotions } from './shelf-price.ts'

test.each(shelfPriceCases)('$name', ({ market, piece, promotions, at, amountMinor, reductions }) => {
  const held = shelfPromotions(promotions.map(toPromotion), new Date(at))
  const compareAtMinor = piece.compareAtMinor === null ? null : BigInt(piece.compareAtMinor)
  const price = shelfPrice({ ...piece, amountMinor: BigInt(piece.amountMinor), compareAtMinor }, market, held)
  expect(price.amountMinor).toBe(BigInt(amountMinor))
  expect(
    price.reductions.map(({ promotion, offMinor }) => ({
      promotionId: promotion.id,
      offMinor: String(offMinor),
    })),
  ).toEqual(reductions)
  const former = reductions.length > 0 ? BigInt(piece.amountMinor) : null
  expect(price.compareAtMinor).toBe(compareAtMinor ?? former)
})

test('whatever the promotions, the price and what they take off are the former price, and nothing is below zero', () => {
  const [sample] = shelfPriceCases.flatMap(({ promotions }) => promotions)
  if (!sample) throw new Error('no case has a promotion')
  const goods = { productIds: [], variantIds: [], categories: [], collectionIds: [], excludesReduced: false }
  const percent = fc
    .integer({ min: 1, max: 1_000_000 })
    .map((ppm) => ({ kind: 'PERCENTAGE' as const, ppm, goods }))
  const amount = fc.integer({ min: 1, max: 1_000_000 }).map((off) => ({
    kind: 'AMOUNT_PER_PIECE' as const,
    amounts: { EUR: String(off) },
    goods,
  }))
  const promotion = fc.record({
    id: fc.uuid(),
    priority: fc.integer({ min: 0, max: 3 }),
    stacking: fc.constantFrom('STACKS' as const, 'EXCLUSIVE' as const),
    actions: fc.array(fc.oneof(percent, amount), { minLength: 1, maxLength: 3 }),
  })
  const roundingMode = fc.constantFrom('HALF_EVEN' as const, 'HALF_UP' as const)
  fc.assert(
    fc.property(
      fc.bigInt(0n, 10n ** 12n),
      fc.array(promotion, { maxLength: 5 }),
      roundingMode,
      (...drawn) => {
        const [amountMinor, promotions, mode] = drawn
        const piece = {
          ...{ productId: 'p', variantId: 'v', category: 'bags', collectionIds: [] },
          ...{ amountMinor, compareAtMinor: null },
        }
        const market = { marketId: 'FR', currency: 'EUR', roundingMode: mode }
        const held = shelfPromotions(
          promotions.map((one) => ({ ...toPromotion(sample), ...one })),
          new Date('2026-11-20'),
        )
        const price = shelfPrice(piece, market, held)
        const off = price.reductions.reduce((sum, { offMinor }) => sum + offMinor, 0n)
        expect(price.amountMinor + off).toBe(amountMinor)
        expect(price.amountMinor >= 0n).toBe(true)
        expect(price.reductions.every(({ offMinor }) => offMinor > 0n)).toBe(true)
      },
    ),
  )
})

function toPromotion(told: (typeof shelfPriceCases)[number]['promotions'][number]): Promotion {
  const { promotionId, startsAt, endsAt, ...rest } = told
  return {
    ...rest,
    id: promotionId,
    startsAt: new Date(startsAt),
    endsAt: endsAt === null ? null : new Date(endsAt),
  }
}
