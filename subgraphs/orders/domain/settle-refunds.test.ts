import { expect, test } from 'vitest'
import { settledRefunds } from './settle-refunds.ts'

const asked = [30n, 20n, 50n].map((amountMinor) => ({ amountMinor }))

test.each([
  [0n, 0],
  [29n, 0],
  [30n, 1],
  [49n, 1],
  [50n, 2],
  [100n, 3],
  [500n, 3],
])('of 30, 20 and 50 asked, %s given back settles %i', (refunded, settled) => {
  expect(settledRefunds(asked, refunded)).toEqual(asked.slice(0, settled))
})
