import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fingerprint } from './idempotency.ts'

test('the order of keys does not matter, the order of a list does', () => {
  expect(fingerprint({ a: 1, b: [1, 2] })).toBe(fingerprint({ b: [1, 2], a: 1 }))
  expect(fingerprint([1, 2])).not.toBe(fingerprint([2, 1]))
})

test('a key that is undefined is no key', () => {
  expect(fingerprint({ a: 1, b: undefined })).toBe(fingerprint({ a: 1 }))
})

test('what looks alike in text is still told apart', () => {
  expect(fingerprint({ a: 1n })).not.toBe(fingerprint({ a: 1 }))
  expect(fingerprint('1')).not.toBe(fingerprint(1))
  expect(fingerprint({ a: '1,"b":2' })).not.toBe(fingerprint({ a: '1', b: 2 }))
})

test('inputs differ in their fingerprint exactly when they differ as JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), fc.jsonValue(), (a, b) => {
      const isSame = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
      return (
        (fingerprint(a) === fingerprint(b)) === isSame && fingerprint(a) === fingerprint(structuredClone(a))
      )
    }),
  )
})

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value)
    .map(([key, member]) => [key, sorted(member)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  // Told apart from a list of the same pairs: {} is not [].
  return { members }
}
