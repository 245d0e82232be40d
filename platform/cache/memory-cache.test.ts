import { expect, test } from 'vitest'
import { fixedClock } from '../time/clock.ts'
import { createMemoryCache } from './memory-cache.ts'

const ttlMs = 1_000

test('an entry lives until its time to the millisecond', async () => {
  const clock = fixedClock(new Date(0))
  const cache = createMemoryCache({ clock })
  await cache.set('a', 'x', { ttlMs })
  clock.advance(999)
  expect(await cache.get('a')).not.toBeNull()
  clock.advance(1)
  expect(await cache.get('a')).toBeNull()
  expect(cache.bytes()).toBe(0)
})

test('it never holds more than its bound, and forgets what was used longest ago', async () => {
  const cache = createMemoryCache({ maxBytes: 10_000 })
  await cache.set('used', Buffer.alloc(1_000), { ttlMs })
  for (let i = 0; i < 100; i += 1) {
    await cache.set(`k${String(i)}`, Buffer.alloc(1_000), { ttlMs })
    expect(cache.bytes()).toBeLessThanOrEqual(10_000)
    expect(await cache.get('used')).not.toBeNull()
  }
  expect(await cache.get('k0')).toBeNull()
  expect(await cache.get('k99')).not.toBeNull()
})

test('a value larger than the bound is not kept, and neither is what it should have replaced', async () => {
  const cache = createMemoryCache({ maxBytes: 2_000 })
  await cache.set('a', 'old', { ttlMs })
  await cache.set('a', Buffer.alloc(3_000), { ttlMs })
  expect(await cache.get('a')).toBeNull()
  expect(cache.bytes()).toBe(0)
})

test('a hundred thousand small keys stay within the bound', async () => {
  const cache = createMemoryCache({ maxBytes: 100_000 })
  for (let i = 0; i < 100_000; i += 1) await cache.increment(`ip:${String(i)}`, { ttlMs })
  expect(cache.bytes()).toBeLessThanOrEqual(100_000)
})
