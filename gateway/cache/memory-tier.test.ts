import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type CacheEntry, createEntry } from './cache-entry.ts'
import { createMemoryTier, type MemoryTier } from './memory-tier.ts'

const tiers: MemoryTier[] = []

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => {
  for (const tier of tiers.splice(0)) tier.close()
  vi.useRealTimers()
})

function createTier(maxBytes = 1_000_000): MemoryTier {
  const tier = createMemoryTier({ maxBytes })
  tiers.push(tier)
  return tier
}

function entry(key: string, more: { tags?: string[]; bytes?: number; maxAgeMs?: number } = {}): CacheEntry {
  return createEntry({
    key,
    tags: more.tags ?? [],
    bornAtMs: performance.now(),
    maxAgeMs: more.maxAgeMs ?? 60_000,
    body: Buffer.alloc(more.bytes ?? 100, 'x'),
    baseHeaders: [],
  })
}

test('fresh for half of its age, then stale, and not served in the last second', () => {
  const tier = createTier()
  tier.put(entry('a', { maxAgeMs: 60_000 }), tier.begin())
  vi.advanceTimersByTime(29_999)
  expect(tier.findFresh('a')).toBeDefined()
  vi.advanceTimersByTime(501)
  expect(tier.findFresh('a')).toBeUndefined()
  expect(tier.find('a')).toBeDefined()
  vi.advanceTimersByTime(28_499)
  expect(tier.find('a')).toBeDefined()
  vi.advanceTimersByTime(1)
  expect(tier.find('a')).toBeUndefined()
  expect(tier.bytes).toBe(0)
})

test.each([1_000, 2_000, 3_000, 5_000, 60_000])(
  'with an age bound of %i ms and a clock half a second behind, nothing is given out in its last second',
  (maxAgeMs) => {
    const tier = createTier()
    for (let offset = 0; offset < 500; offset += 125) {
      vi.advanceTimersByTime(125)
      tier.put(entry('a', { maxAgeMs }), tier.begin())
      const bornAt = performance.now()
      for (let ms = 0; ms < maxAgeMs + 1_000; ms += 125) {
        const isServed = tier.findFresh('a') !== undefined || tier.find('a') !== undefined
        if (isServed) expect(performance.now() - bornAt).toBeLessThan(maxAgeMs - 1_000)
        vi.advanceTimersByTime(125)
      }
    }
  },
)

test('a purge drops every entry with the tag, at once, and no other', () => {
  const tier = createTier()
  for (const [key, tags] of [
    ['a', ['P:1']],
    ['b', ['P:1', 'P:2']],
    ['c', ['P:2']],
  ] as const) {
    tier.put(entry(key, { tags: [...tags] }), tier.begin())
  }
  tier.purge(['P:1'])
  expect(['a', 'b', 'c'].map((key) => tier.find(key)?.key)).toEqual([undefined, undefined, 'c'])
  tier.purge(['P:2'])
  expect([tier.size, tier.bytes]).toEqual([0, 0])
})

test('what was begun before a purge that concerns it is not kept, and neither after a flush', () => {
  const tier = createTier()
  const begunAt = tier.begin()
  tier.purge(['P:1'])
  expect(tier.put(entry('a', { tags: ['P:1'] }), begunAt)).toBe(false)
  expect(tier.put(entry('b', { tags: ['P:2'] }), begunAt)).toBe(true)
  tier.flush()
  expect(tier.put(entry('c'), begunAt)).toBe(false)
  expect([tier.size, tier.bytes]).toEqual([0, 0])
})

test('an older answer does not take the place of a younger one', () => {
  const tier = createTier()
  const older = entry('a')
  vi.advanceTimersByTime(10)
  const younger = entry('a')
  tier.put(younger, tier.begin())
  tier.put(older, tier.begin())
  expect(tier.find('a')).toBe(younger)
})

test('what is used stays when room is made for others', () => {
  const tier = createTier(50_000)
  tier.put(entry('used', { bytes: 1_000 }), tier.begin())
  for (let index = 0; index < 1_000; index += 1) {
    tier.put(entry(`once-${index}`, { bytes: 1_000 }), tier.begin())
    expect(tier.findFresh('used')).toBeDefined()
  }
  expect(tier.find('once-0')).toBeUndefined()
  expect(tier.find('once-999')).toBeDefined()
})

test('one entry too large for an eighth of the bound is not kept', () => {
  const tier = createTier(50_000)
  expect(tier.put(entry('large', { bytes: 10_000 }), tier.begin())).toBe(true)
  expect(tier.size).toBe(0)
})

test('whatever is done, the bytes are those of what is there and within the bound', () => {
  const put = fc.record({
    put: fc.nat(30),
    bytes: fc.nat(3_000),
    tags: fc.array(fc.nat(5), { maxLength: 3 }),
  })
  const command = fc.oneof(
    { weight: 6, arbitrary: put },
    { weight: 1, arbitrary: fc.record({ purge: fc.nat(5) }) },
    { weight: 2, arbitrary: fc.record({ find: fc.nat(30) }) },
    { weight: 1, arbitrary: fc.record({ encode: fc.nat(30) }) },
    { weight: 1, arbitrary: fc.record({ wait: fc.nat(40_000) }) },
  )
  fc.assert(
    fc.property(fc.array(command, { maxLength: 80 }), (commands) => {
      const tier = createTier(30_000)
      for (const one of commands) {
        if ('put' in one) {
          const tags = [...new Set(one.tags)].map((tag) => `T:${tag}`)
          tier.put(entry(`k${one.put}`, { bytes: one.bytes, tags }), tier.begin())
        } else if ('purge' in one) tier.purge([`T:${one.purge}`])
        else if ('find' in one) tier.findFresh(`k${one.find}`)
        else if ('encode' in one) {
          const found = tier.find(`k${one.encode}`)
          if (found) {
            found.gzip = { ...found.identity, bytes: 50 }
            tier.recount(found)
          }
        } else vi.advanceTimersByTime(one.wait)
        expect(tier.bytes).toBeLessThanOrEqual(30_000)
      }
      let held = 0
      for (let index = 0; index <= 30; index += 1) held += tier.find(`k${index}`)?.heldBytes ?? 0
      expect(tier.bytes).toBe(held)
      for (let tag = 0; tag <= 5; tag += 1) tier.purge([`T:${tag}`])
      let untagged = 0
      for (let index = 0; index <= 30; index += 1) {
        const found = tier.find(`k${index}`)
        expect(found?.tags ?? []).toEqual([])
        untagged += found?.heldBytes ?? 0
      }
      expect(tier.bytes).toBe(untagged)
      tier.close()
    }),
    { numRuns: 100 },
  )
})
