import { expect, test } from 'vitest'
import { quickTenders } from './quick-tenders.ts'

test('the exact amount comes first, then what the next notes make of it', () => {
  expect(quickTenders(187_30n, 'EUR', 2)).toEqual([187_30n, 190_00n, 200_00n, 500_00n])
  expect(quickTenders(2_300n, 'JPY', 0)).toEqual([2_300n, 3_000n, 5_000n, 10_000n])
  expect(quickTenders(500_00n, 'EUR', 2)).toEqual([500_00n])
  expect(quickTenders(0n, 'EUR', 2)).toEqual([])
})
