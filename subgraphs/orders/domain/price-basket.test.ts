import { expect, test } from 'vitest'
import { type MarketRules, priceBasket, type SellablePrice, type SellableVariant } from './price-basket.ts'

const market: MarketRules = {
  id: 'FR',
  currency: 'EUR',
  countries: ['FR', 'BE'],
  locales: ['fr'],
  pricesIncludeTax: true,
  taxRounding: 'LINE',
  roundingMode: 'HALF_UP',
  reservationMinutes: 15,
  bankTransferDays: null,
  taxRates: [
    { country: 'FR', taxCategory: 'standard', ratePpm: 200_000 },
    { country: 'FR', taxCategory: 'books', ratePpm: 55_000 },
    { country: 'BE', taxCategory: 'standard', ratePpm: 210_000 },
  ],
}
const at = new Date('2026-11-20T12:00:00Z')

function price(amountMinor: bigint, over: Partial<SellablePrice> = {}): SellablePrice {
  const validFrom = new Date('2026-01-01T00:00:00Z')
  return { marketId: 'FR', currency: 'EUR', amountMinor, validFrom, validTo: null, ...over }
}

function total(over: Partial<SellableVariant>, options: { quantity?: number; country?: string } = {}) {
  const sellable: SellableVariant = {
    variantId: 'v',
    productId: 'p',
    sku: 'S',
    names: {},
    optionsLabels: {},
    imageUrl: null,
    category: '',
    taxCategory: 'standard',
    isSold: true,
    prices: [price(12_000n)],
    ...over,
  }
  return priceBasket({
    market,
    country: options.country ?? 'FR',
    wanted: [{ variantId: 'v', quantity: options.quantity ?? 1 }],
    sellables: new Map([['v', sellable]]),
    at,
    isDelivered: true,
  })
}

test('delivery is free from EUR 500 on', () => {
  expect(total({}).shippingMinor).toBe(1500n)
  expect(total({}, { quantity: 4 }).shippingMinor).toBe(1500n)
  expect(total({ prices: [price(50_000n)] }).shippingMinor).toBe(0n)
})

test('the tax is that of the country and category, else the standard one', () => {
  const rateOf = (basket: ReturnType<typeof total>) => basket.lines[0]?.taxRatePpm
  expect(rateOf(total({}))).toBe(200_000)
  expect(rateOf(total({ taxCategory: 'books' }))).toBe(55_000)
  expect(rateOf(total({ taxCategory: 'unheard of' }))).toBe(200_000)
  expect(rateOf(total({ taxCategory: 'books' }, { country: 'BE' }))).toBe(210_000)
})

test('the newest price in force counts', () => {
  const dated = (from: string, to: string | null) => ({
    validFrom: new Date(from),
    validTo: to === null ? null : new Date(to),
  })
  const prices = [
    price(100n),
    price(90n, dated('2026-11-01T00:00:00Z', null)),
    price(80n, dated('2026-11-10T00:00:00Z', '2026-11-20T12:00:00Z')),
    price(70n, dated('2026-11-20T12:00:01Z', null)),
  ]
  expect(total({ prices }).lines[0]?.unitPriceMinor).toBe(90n)
})

test.each<[string, Partial<SellableVariant>]>([
  ['not sold any more', { isSold: false }],
  ['without a price here', { prices: [price(1n, { marketId: 'DE' })] }],
  ['priced in another currency', { prices: [price(1n, { currency: 'USD' })] }],
])('what is %s is not sold here, and in no sum', (_, over) => {
  const basket = total(over)
  expect(basket.notSoldHere).toEqual(['v'])
  expect(basket.totalMinor).toBe(0n)
})
