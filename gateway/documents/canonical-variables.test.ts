import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../http/refusal.ts'
import { canonicalUrl, canonicalVariables } from './canonical-variables.ts'

const hash = 'a'.repeat(64)

test.each([
  [undefined, ''],
  [null, ''],
  ['text', ''],
  [{}, ''],
  [{ undeclared: 1 }, ''],
  [{ b: undefined }, ''],
  [{ b: 1, a: 2, undeclared: 3 }, '{"a":2,"b":1}'],
  [{ a: null }, '{"a":null}'],
  [{ a: { z: [{ y: 1, x: 'é "' }], b: 0.5 } }, '{"a":{"b":0.5,"z":[{"x":"é \\"","y":1}]}}'],
  [{ b: [], a: {} }, '{"a":{},"b":[]}'],
])('%j is written %s', (variables, text) => {
  expect(canonicalVariables(variables, ['b', 'a'])).toBe(text)
})

test('an address has one form, with and without variables', () => {
  expect(canonicalUrl(hash, {}, ['a'])).toBe(`/graphql/${hash}`)
  expect(canonicalUrl(hash, { a: 'b/c d' }, ['a'])).toBe(
    `/graphql/${hash}?variables=%7B%22a%22%3A%22b%2Fc%20d%22%7D`,
  )
})

test('names that objects have by themselves are no variables, and harm nothing', () => {
  expect(canonicalVariables({}, ['constructor', '__proto__', 'toString'])).toBe('')
  const sent: unknown = JSON.parse('{"a":{"__proto__":{"x":1}}}')
  expect(canonicalVariables(sent, ['a'])).toBe('{"a":{"__proto__":{"x":1}}}')
})

test('half a character has an address too', () => {
  const sent: unknown = JSON.parse('{"a":"\\ud800"}')
  expect(canonicalUrl(hash, sent, ['a'])).toContain('ud800')
})

test('what nests deeper than anything means is refused, however deep', () => {
  const sent: unknown = JSON.parse(`{"a":${'['.repeat(40_000)}${']'.repeat(40_000)}}`)
  expect(() => canonicalVariables(sent, ['a'])).toThrow(Refusal)
})

/** The same value with the keys of each object in another order. */
function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, seed))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [key, shuffled(item, seed)] as const)
  if (seed % 2 === 0) entries.reverse()
  const place = entries.length === 0 ? 0 : seed % entries.length
  return Object.fromEntries([...entries.slice(place), ...entries.slice(0, place)])
}

test('it means what was sent, whatever the order of keys', () => {
  const json = fc.jsonValue({ maxDepth: 4 })
  fc.assert(
    fc.property(fc.record({ a: json, b: json, c: json }), fc.nat(), (variables, seed) => {
      const text = canonicalVariables(variables, ['c', 'a', 'b'])
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(variables)))
      expect(canonicalVariables(shuffled(variables, seed), ['a', 'b', 'c'])).toBe(text)
      expect(canonicalVariables(JSON.parse(text), ['a', 'b', 'c'])).toBe(text)
    }),
  )
})
