import { expect, test } from 'vitest'
import { nameUuid } from './name-uuid.ts'
import { isUuid } from './uuid.ts'

test('a name has one UUID, and another name another', () => {
  expect(nameUuid('a')).toBe(nameUuid('a'))
  expect(nameUuid('a')).not.toBe(nameUuid('b'))
  expect(isUuid(nameUuid('a'))).toBe(true)
  expect(nameUuid('a')).toMatch(/^.{14}8.{4}[89ab]/)
})
