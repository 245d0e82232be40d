import { expect, test } from 'vitest'
import { isReturnPath } from './return-path.ts'

test.each(['/', '/en/FR/checkout', '/en/FR/checkout?step=payment#end', '/a//b', '/%E5%93%81'])(
  '%s is a path on this site',
  (path) => {
    expect(isReturnPath(path)).toBe(true)
  },
)

test.each([
  '',
  'checkout',
  'https://elsewhere.example/',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  '/\n/elsewhere.example',
  'javascript:alert(1)',
  '/a b',
  '/\u0000',
  `/${'x'.repeat(2_000)}`,
])('%j is none', (path) => {
  expect(isReturnPath(path)).toBe(false)
})
