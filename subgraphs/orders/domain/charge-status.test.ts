import { expect, test } from 'vitest'
import { authorizeStatusOf, chargeStatusOf, coveredMinor, paidMinor } from './charge-status.ts'

test('charges add up, refunds take away', () => {
  const charges = [
    { authorizedMinor: 0n, chargedMinor: 60n, refundedMinor: 0n },
    { authorizedMinor: 5n, chargedMinor: 40n, refundedMinor: 10n },
  ]
  expect(paidMinor(0n, charges)).toBe(90n)
  expect(coveredMinor(0n, charges)).toBe(95n)
})

test('what a till took is not counted again when payments tells that it booked it', () => {
  expect(paidMinor(100n, [])).toBe(100n)
  expect(paidMinor(100n, [{ authorizedMinor: 0n, chargedMinor: 60n, refundedMinor: 0n }])).toBe(100n)
  expect(paidMinor(100n, [{ authorizedMinor: 0n, chargedMinor: 100n, refundedMinor: 30n }])).toBe(70n)
})

test.each([
  [0n, 'NONE'],
  [1n, 'PARTIAL'],
  [100n, 'FULL'],
  [101n, 'OVERCHARGED'],
] as const)('%s of 100 is %s', (paid, status) => {
  expect(chargeStatusOf(100n, paid)).toBe(status)
})

test.each([
  [0n, 'NONE'],
  [1n, 'PARTIAL'],
  [100n, 'FULL'],
  [101n, 'FULL'],
] as const)('%s of 100 charged or authorised is %s', (covered, status) => {
  expect(authorizeStatusOf(100n, covered)).toBe(status)
})
