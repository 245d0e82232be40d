import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paidForLine, refundShare } from './refund-share.ts'

test('three pieces for a hundred go back as 33, 33 and 34', () => {
  const share = (before: number) => refundShare({ paidMinor: 100n, quantity: 3, before, pieces: 1 })
  expect([share(0), share(1), share(2)]).toEqual([33n, 33n, 34n])
})

test('what was paid for a line is without its discounts, and with the tax where that comes on top', () => {
  const line = { totalMinor: 100n, discountMinor: 30n, taxMinor: 7n }
  expect(paidForLine(line, true)).toBe(70n)
  expect(paidForLine(line, false)).toBe(77n)
})

test('however a line comes back in parts, the parts add up to what was paid for it', () => {
  const line = fc.record({
    paidMinor: fc.bigInt({ min: 0n, max: 10n ** 15n }),
    parts: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 20 }),
  })
  fc.assert(
    fc.property(line, ({ paidMinor, parts }) => {
      const quantity = parts.reduce((sum, pieces) => sum + pieces, 0)
      let before = 0
      let refunded = 0n
      for (const pieces of parts) {
        const share = refundShare({ paidMinor, quantity, before, pieces })
        expect(share).toBeGreaterThanOrEqual(0n)
        refunded += share
        before += pieces
      }
      expect(refunded).toBe(paidMinor)
    }),
    { numRuns: 2_000 },
  )
})
