import { expect, test } from 'vitest'
import { ProviderRefused } from './payment-provider.ts'
import { fromStripeAmount, toStripeAmount } from './stripe-amounts.ts'

test.each<[string, bigint, number]>([
  ['EUR', 129_500n, 129_500],
  ['JPY', 129_500n, 129_500],
  ['ISK', 1_295n, 129_500],
  ['KWD', 129_500n, 129_500],
])('%s %s is %s at Stripe, and back', (currency, minor, amount) => {
  expect(toStripeAmount(currency, minor)).toBe(amount)
  expect(fromStripeAmount(currency, amount)).toBe(minor)
})

test.each<[string, bigint]>([
  ['KWD', 129_505n],
  ['EUR', 2n ** 60n],
])('%s %s can not be taken exactly, and is refused', (currency, minor) => {
  expect(() => toStripeAmount(currency, minor)).toThrow(ProviderRefused)
})
