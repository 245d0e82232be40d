import { expect, test } from 'vitest'
import { hashReference, isReferenceOf, orderReference } from './order-reference.ts'

test('a reference is the same each time, and another for another order or secret', () => {
  const reference = orderReference('secret', 'a')
  expect(reference).toMatch(/^[\w-]{22}$/)
  expect(orderReference('secret', 'a')).toBe(reference)
  expect(orderReference('secret', 'b')).not.toBe(reference)
  expect(orderReference('other', 'a')).not.toBe(reference)
})

test('a reference opens its own order only', () => {
  const hash = hashReference(orderReference('secret', 'a'))
  expect(isReferenceOf(hash, orderReference('secret', 'a'))).toBe(true)
  expect(isReferenceOf(hash, orderReference('secret', 'b'))).toBe(false)
  expect(isReferenceOf(null, '')).toBe(false)
})
