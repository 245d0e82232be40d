import fc from 'fast-check'
import { expect, test } from 'vitest'
import { priceLines, type PricingRules } from './price-lines.ts'

const euro: PricingRules = {
  currency: 'EUR',
  pricesIncludeTax: true,
  taxRounding: 'LINE',
  roundingMode: 'HALF_UP',
}
const noShipping = { amountMinor: 0n, ratePpm: 0 }

test('a price that includes tax holds it', () => {
  const priced = priceLines(euro, [{ quantity: 2, unitPriceMinor: 12_000n, ratePpm: 200_000 }], {
    amountMinor: 1500n,
    ratePpm: 200_000,
  })
  expect(priced).toEqual({
    lines: [{ totalMinor: 24_000n, taxMinor: 4_000n }],
    subtotalMinor: 24_000n,
    shippingMinor: 1500n,
    shippingTaxMinor: 250n,
    taxMinor: 4_250n,
    totalMinor: 25_500n,
  })
})

test('a price without tax gets it on top, of delivery too', () => {
  const priced = priceLines(
    { ...euro, currency: 'USD', pricesIncludeTax: false },
    [{ quantity: 1, unitPriceMinor: 10_000n, ratePpm: 88_750 }],
    { amountMinor: 2000n, ratePpm: 88_750 },
  )
  expect(priced.taxMinor).toBe(888n + 178n)
  expect(priced.totalMinor).toBe(12_000n + 1_066n)
})

test('rounding on the total rounds once per rate, and its lines add up to it', () => {
  const line = { quantity: 1, unitPriceMinor: 999n, ratePpm: 200_000 }
  const onTotal = priceLines({ ...euro, taxRounding: 'TOTAL' }, [line, line, line], noShipping)
  const onLine = priceLines(euro, [line, line, line], noShipping)
  expect(onLine.taxMinor).toBe(501n) // 166.5 three times, each rounded up
  expect(onTotal.taxMinor).toBe(500n) // 499.5, rounded up
  expect(onTotal.lines.map((priced) => priced.taxMinor)).toEqual([167n, 167n, 166n])
})

test('nothing costs nothing', () => {
  expect(priceLines(euro, [], noShipping).totalMinor).toBe(0n)
})

const rules = fc.record<PricingRules>({
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  pricesIncludeTax: fc.boolean(),
  taxRounding: fc.constantFrom('LINE', 'TOTAL'),
  roundingMode: fc.constantFrom('HALF_EVEN', 'HALF_UP'),
})
const rate = fc.constantFrom(0, 55_000, 88_750, 100_000, 200_000)
const lines = fc.array(
  fc.record({
    quantity: fc.integer({ min: 1, max: 99 }),
    unitPriceMinor: fc.bigInt(0n, 10n ** 12n),
    ratePpm: rate,
  }),
  { maxLength: 20 },
)
const shipping = fc.record({ amountMinor: fc.bigInt(0n, 10_000n), ratePpm: rate })

test('sums are exact, and every tax is the exact one within a unit per rounding', () => {
  fc.assert(
    fc.property(rules, lines, shipping, (market, wanted, delivery) => {
      const priced = priceLines(market, wanted, delivery)
      const sum = (amounts: bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)
      expect(priced.subtotalMinor).toBe(sum(priced.lines.map((line) => line.totalMinor)))
      expect(priced.taxMinor).toBe(sum(priced.lines.map((line) => line.taxMinor)) + priced.shippingTaxMinor)
      expect(priced.totalMinor).toBe(
        priced.subtotalMinor + priced.shippingMinor + (market.pricesIncludeTax ? 0n : priced.taxMinor),
      )
      wanted.forEach((line, index) => {
        const { totalMinor = 0n, taxMinor = 0n } = priced.lines[index] ?? {}
        const base = 1_000_000n + (market.pricesIncludeTax ? BigInt(line.ratePpm) : 0n)
        const error = taxMinor * base - totalMinor * BigInt(line.ratePpm)
        expect(taxMinor >= 0n && (error < 0n ? -error : error) < 2n * base).toBe(true)
      })
    }),
  )
})

test('the order of the lines does not change what is due', () => {
  fc.assert(
    fc.property(rules, lines, shipping, (market, wanted, delivery) => {
      const there = priceLines(market, wanted, delivery)
      const back = priceLines(market, wanted.toReversed(), delivery)
      expect([back.taxMinor, back.totalMinor]).toEqual([there.taxMinor, there.totalMinor])
    }),
  )
})
