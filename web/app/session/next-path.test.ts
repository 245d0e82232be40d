import { expect, test } from 'vitest'
import { areaOf, nextPath } from './next-path.ts'

test('only paths of this site are followed', () => {
  expect(nextPath('/fr/fr/checkout?step=shipping')).toBe('/fr/fr/checkout?step=shipping')
  for (const elsewhere of [
    null,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:1',
    '/\n/evil.example',
  ]) {
    expect(nextPath(elsewhere)).toBeNull()
  }
})

test('the staff land where they work, shoppers in the store', () => {
  expect(areaOf(['CLERK'])).toBe('/pos')
  expect(areaOf(['CUSTOMER'])).toBeNull()
})
