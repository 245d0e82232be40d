import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roundUpDelay } from './rabbit-names.ts'

test.each([
  [900_000, 900_000],
  [1_800_000, 1_800_000],
  [901_000, 910_000],
  [0, 10],
  [105, 110],
  [99, 99],
  [995, 1_000],
])('a delay of %i ms waits in the queue of %i ms', (ms, expected) => {
  expect(roundUpDelay(ms)).toBe(expected)
})

test('a delay is never shortened, and at most a tenth longer', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 2 ** 31 }), (ms) => {
      const rounded = roundUpDelay(ms)
      return rounded >= ms && rounded <= ms * 1.1 + 1
    }),
  )
})

test('however many delays there are, their queues are few', () => {
  const queues = new Set(Array.from({ length: 100_000 }, (_, n) => roundUpDelay(n * 10)))
  expect(queues.size).toBeLessThan(600)
})
