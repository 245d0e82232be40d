import { expect, test } from 'vitest'
import { formatDate, formatMoney, formatPrice } from './format.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test('an amount keeps every digit, also beyond what a float holds', () => {
  expect(formatMoney('en', { currency: 'EUR', amount: '90071992547409.93' })).toBe('€90,071,992,547,409.93')
  expect(plain(formatMoney('fr', { currency: 'EUR', amount: '1450.00' }))).toBe('1 450,00 €')
})

test('the digits are the currency’s own', () => {
  expect(formatMoney('ja', { currency: 'JPY', amount: '52000' })).toBe('￥52,000')
  expect(formatMoney('en', { currency: 'KWD', amount: '1.500' })).toContain('1.500')
})

test('a price tag leaves out zeros, never cents', () => {
  expect(formatPrice('en', { currency: 'GBP', amount: '1260.00' })).toBe('£1,260')
  expect(formatPrice('en', { currency: 'GBP', amount: '1260.50' })).toBe('£1,260.50')
})

test('a time is told in the market’s own zone', () => {
  expect(formatDate('en', '2026-11-20T23:30:00.000Z', { market: 'JP' })).toContain('21')
  expect(formatDate('en', '2026-11-20T23:30:00.000Z', { market: 'GB' })).toContain('20')
})
