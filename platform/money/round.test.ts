import fc from 'fast-check'
import { expect, test } from 'vitest'
import { divideRounded } from './round.ts'

const amount = fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n })
const divisor = fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }).filter((value) => value !== 0n)
const mode = fc.constantFrom('HALF_EVEN' as const, 'HALF_UP' as const)
const abs = (value: bigint): bigint => (value < 0n ? -value : value)

test.each([
  [5n, 2n, 2n, 3n],
  [7n, 2n, 4n, 4n],
  [-5n, 2n, -2n, -3n],
  [5n, -2n, -2n, -3n],
  [-7n, 2n, -4n, -4n],
  [1n, 2n, 0n, 1n],
  [-1n, 2n, 0n, -1n],
  [1n, 3n, 0n, 0n],
  [2n, 3n, 1n, 1n],
  [0n, 7n, 0n, 0n],
])('%s / %s is %s half-even and %s half-up', (numerator, denominator, even, up) => {
  expect(divideRounded(numerator, denominator, 'HALF_EVEN')).toBe(even)
  expect(divideRounded(numerator, denominator, 'HALF_UP')).toBe(up)
})

test('the result is never further than half a unit from the exact quotient', () => {
  fc.assert(
    fc.property(amount, divisor, mode, (n, d, m) => {
      expect(2n * abs(n - divideRounded(n, d, m) * d) <= abs(d)).toBe(true)
    }),
  )
})

test('the mirror image rounds to the mirror image', () => {
  fc.assert(
    fc.property(amount, divisor, mode, (n, d, m) => {
      expect(divideRounded(-n, d, m)).toBe(-divideRounded(n, d, m))
      expect(divideRounded(-n, -d, m)).toBe(divideRounded(n, d, m))
    }),
  )
})

test('a multiple divides exactly', () => {
  fc.assert(
    fc.property(amount, divisor, mode, (n, d, m) => {
      expect(divideRounded(n * d, d, m)).toBe(n)
    }),
  )
})

test('a tie goes to the even neighbour, or away from zero', () => {
  fc.assert(
    fc.property(amount, (n) => {
      expect(divideRounded(2n * n + 1n, 2n, 'HALF_EVEN') % 2n).toBe(0n)
      const up = divideRounded(2n * n + 1n, 2n, 'HALF_UP')
      expect(abs(up) * 2n > abs(2n * n + 1n)).toBe(true)
    }),
  )
})

test('division by zero is refused', () => {
  expect(() => divideRounded(1n, 0n, 'HALF_UP')).toThrow(RangeError)
})
