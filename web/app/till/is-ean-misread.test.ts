import { expect, test } from 'vitest'
import { isEanMisread } from './is-ean-misread.ts'

test('a wrong check digit is a misread, any other code is only unknown', () => {
  expect(isEanMisread('4006381333931')).toBe(false)
  expect(isEanMisread('4006381333932')).toBe(true)
  expect(isEanMisread('036000291452')).toBe(false)
  expect(isEanMisread('96385074')).toBe(false)
  expect(isEanMisread('MSN-0042')).toBe(false)
})
