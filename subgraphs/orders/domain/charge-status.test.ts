import { expect, test } from 'vitest'
import { chargeStatusOf, paidMinor } from './charge-status.ts'

test('charges add up, refunds take away', () => {
  const charges = [
    { chargedMinor: 60n, refundedMinor: 0n },
    { chargedMinor: 40n, refundedMinor: 10n },
  ]
  expect(paidMinor(0n, charges)).toBe(90n)
})

test('what a till took is not counted again when payments tells that it booked it', () => {
  expect(paidMinor(100n, [])).toBe(100n)
  expect(paidMinor(100n, [{ chargedMinor: 60n, refundedMinor: 0n }])).toBe(100n)
  expect(paidMinor(100n, [{ chargedMinor: 100n, refundedMinor: 30n }])).toBe(70n)
})

test.each([
  [0n, 'NONE'],
  [1n, 'PARTIAL'],
  [100n, 'FULL'],
  [101n, 'OVERCHARGED'],
] as const)('%s of 100 is %s', (paid, status) => {
  expect(chargeStatusOf(100n, paid)).toBe(status)
})
