import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPurgeClock } from './purge-clock.ts'

test('it tells what was purged since, and of which type', () => {
  const clock = createPurgeClock()
  const before = clock.now()
  clock.purge(['Product:1'])
  const after = clock.now()
  expect(clock.hasPurgedSince(['Market:FR', 'Product:1'], before)).toBe(true)
  expect(clock.hasPurgedSince(['Product:2'], before)).toBe(false)
  expect(clock.hasPurgedSince(['Product:1'], after)).toBe(false)
  expect(clock.hasPurgedTypesSince(['Product'], before)).toBe(true)
  expect(clock.hasPurgedTypesSince(['Market'], before)).toBe(false)
  expect(clock.hasPurgedTypesSince(['Product'], after)).toBe(false)
  clock.purgeAll()
  expect(clock.hasPurgedSince([], after)).toBe(true)
  expect(clock.hasPurgedTypesSince([], after)).toBe(true)
})

test(
  'it never forgets a purge towards somebody who began before it, however many came since',
  { timeout: 60_000 },
  () => {
    // A purge of thousands of tags at once makes it forget in the middle of it.
    const purge = fc.record({ tag: fc.nat(20), others: fc.constantFrom(0, 0, 0, 0, 9_999, 20_001) })
    fc.assert(
      fc.property(fc.array(fc.oneof(purge, fc.constant('all' as const)), { maxLength: 12 }), (purges) => {
        const clock = createPurgeClock()
        const purgedAt = new Map<string, number>()
        let others = 0
        for (const purged of purges) {
          if (purged === 'all') clock.purgeAll()
          else {
            const many = Array.from({ length: purged.others }, () => `Other:${(others += 1)}`)
            clock.purge([
              ...many.slice(0, purged.others / 2),
              `P:${purged.tag}`,
              ...many.slice(purged.others / 2),
            ])
            purgedAt.set(`P:${purged.tag}`, clock.now())
          }
        }
        for (const [tag, at] of purgedAt) {
          for (let begunAt = 0; begunAt < at; begunAt += 1) {
            expect(clock.hasPurgedSince([tag], begunAt)).toBe(true)
          }
        }
        expect(clock.hasPurgedSince([...purgedAt.keys()], clock.now())).toBe(false)
      }),
      { numRuns: 25 },
    )
  },
)

test('a purge that it has forgotten is still one for who began before it', () => {
  const clock = createPurgeClock()
  clock.purge(['P:1'])
  for (let count = 0; count < 50; count += 1) {
    clock.purge(Array.from({ length: 1_000 }, (_, index) => `Other:${count}-${index}`))
    expect(clock.hasPurgedSince(['P:1'], 0)).toBe(true)
    expect(clock.hasPurgedSince(['P:1'], Math.max(1, clock.now() - 5))).toBe(false)
  }
})
