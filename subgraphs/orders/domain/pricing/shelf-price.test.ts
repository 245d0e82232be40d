import { expect, test } from 'vitest'
import { shelfPriceCases } from '#contracts/shelf-price-cases.ts'
import { parseCurrency } from '#platform/money/currencies.ts'
import { priceBasket } from './price-basket.ts'

test.each(shelfPriceCases)('three pieces in a basket cost three times the shelf: $name', (shelf) => {
  const { piece, market, at } = shelf
  const compareAtMinor = piece.compareAtMinor === null ? null : BigInt(piece.compareAtMinor)
  const price = { ...market, amountMinor: BigInt(piece.amountMinor), compareAtMinor }
  const sellable = {
    ...piece,
    ...{ sku: 'S', names: {}, optionsLabels: {}, imageUrl: null, taxCategory: 'standard', weightGrams: 0 },
    isSold: true,
    prices: [{ ...price, validFrom: new Date(0), validTo: null }],
  }
  const basket = priceBasket({
    market: {
      id: market.marketId,
      currency: parseCurrency(market.currency),
      countries: ['FR'],
      locales: [],
      pricesIncludeTax: true,
      taxRounding: 'LINE',
      roundingMode: market.roundingMode,
      reservationMinutes: 15,
      bankTransferDays: null,
      taxRates: [],
      shippingMethods: [],
    },
    country: 'FR',
    wanted: [{ variantId: piece.variantId, quantity: 3 }],
    sellables: new Map([[piece.variantId, sellable]]),
    offers: {
      promotions: shelf.promotions
        .filter(isOfCatalogue)
        .map(({ promotionId, startsAt, endsAt, ...told }) => ({
          ...told,
          id: promotionId,
          startsAt: new Date(startsAt),
          endsAt: endsAt === null ? null : new Date(endsAt),
        })),
      vouchers: [],
    },
    at: new Date(at),
    delivery: null,
  })
  expect(basket.totalMinor).toBe(3n * BigInt(shelf.amountMinor))
  const told = basket.lines.flatMap((line) => line.discounts)
  expect(told.map(({ promotionId, amountMinor }) => [promotionId, amountMinor])).toEqual(
    shelf.reductions.map(({ promotionId, offMinor }) => [promotionId, 3n * BigInt(offMinor)]),
  )
})

function isOfCatalogue({ scope }: { scope: string }): boolean {
  return scope === 'CATALOG'
}
