import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UnderWay } from './under-way.ts'

test('it finds what a Map would find, however many come and go', () => {
  const key = fc.integer({ min: 0, max: 400 }).map(String)
  const step = fc.oneof(
    { weight: 20, arbitrary: fc.record({ kind: fc.constant('set'), key }) },
    { weight: 15, arbitrary: fc.record({ kind: fc.constant('delete'), key }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('delete another'), key }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear'), key }) },
  )
  fc.assert(
    fc.property(fc.array(step, { minLength: 600, maxLength: 1_500 }), (steps) => {
      const underWay = new UnderWay<object>()
      const expected = new Map<string, object>()
      for (const { kind, key } of steps) {
        if (kind === 'clear' && expected.size > 300) {
          underWay.clear()
          expected.clear()
        } else if (kind === 'set') {
          const value = {}
          underWay.set(key, value)
          expected.set(key, value)
        } else if (kind === 'delete') {
          underWay.delete(key, expected.get(key) ?? {})
          expected.delete(key)
        } else {
          underWay.delete(key, {})
        }
        if (underWay.get(key) !== expected.get(key)) return false
      }
      for (let at = 0; at <= 400; at += 1) expect(underWay.get(String(at))).toBe(expected.get(String(at)))
      return true
    }),
    { numRuns: 40 },
  )
})
