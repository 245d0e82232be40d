import { expect, test } from 'vitest'
import { parseAmount, toAmount } from './amount.ts'

test('an amount is read with a point or a comma, in the digits of its currency', () => {
  expect(parseAmount('20', 2)).toBe(2000n)
  expect(parseAmount(' 20,5 ', 2)).toBe(2050n)
  expect(parseAmount('0.05', 2)).toBe(5n)
  expect(parseAmount('20.', 2)).toBe(2000n)
  expect(parseAmount('1999', 0)).toBe(1999n)
})

test('what is no amount of the currency is refused', () => {
  for (const text of ['', '-1', '1e3', '1.234', '1,000.00', '٣', '1'.repeat(13), 'NaN']) {
    expect(parseAmount(text, 2), text).toBeNull()
  }
  expect(parseAmount('19.5', 0)).toBeNull()
})

test('what is written is what is read', () => {
  expect(toAmount(2050n, 2)).toBe('20.50')
  expect(toAmount(-5n, 2)).toBe('-0.05')
  expect(toAmount(1999n, 0)).toBe('1999')
})
