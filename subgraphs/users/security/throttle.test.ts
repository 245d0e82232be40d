import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Cache } from '#platform/cache/cache.ts'
import { createMemoryCache } from '#platform/cache/memory-cache.ts'
import { silentLogger } from '#platform/log/logger.ts'
import { fixedClock } from '#platform/time/clock.ts'
import { createThrottle } from './throttle.ts'

/** As over a network: between asking and the answer others get their turn. */
function distant(cache: Cache): Cache {
  return {
    ...cache,
    get: async (key) => (await turn(), await cache.get(key)),
    set: async (...args) => {
      await turn()
      await cache.set(...args)
    },
    increment: async (...args) => (await turn(), await cache.increment(...args)),
  }
}

function setUp(cache: Cache = distant(createMemoryCache())) {
  const clock = fixedClock(new Date('2026-11-20T10:00:00Z'))
  return { clock, throttle: createThrottle({ cache, secret: 'secret', clock, log: silentLogger }) }
}

const attempt = { account: 'camille@example.com', address: '192.0.2.1' }

async function admitted(throttle: ReturnType<typeof setUp>['throttle'], tries: number): Promise<number> {
  const waits = await Promise.all(Array.from({ length: tries }, () => throttle.admit(attempt)))
  return waits.filter((seconds) => seconds === 0).length
}

test('of many tries at once the free ones go on, and one', async () => {
  const { throttle } = setUp()
  expect(await admitted(throttle, 200)).toBeLessThanOrEqual(6)
})

test('past the free tries one at a time goes on, each after a longer wait', async () => {
  const { clock, throttle } = setUp()
  for (let i = 0; i < 5; i++) expect(await throttle.admit(attempt)).toBe(0)
  let longest = 0
  for (let i = 0; i < 12; i++) {
    expect(await admitted(throttle, 50)).toBe(1)
    const seconds = await throttle.admit(attempt)
    expect(seconds).toBeGreaterThanOrEqual(longest)
    longest = seconds
    clock.advance(seconds * 1000)
  }
  expect(longest).toBe(900)
})

test('the right password clears the account, not the address', async () => {
  const { throttle } = setUp()
  for (let i = 0; i < 6; i++) await throttle.admit(attempt)
  expect(await throttle.admit(attempt)).toBeGreaterThan(0)
  await throttle.succeeded(attempt)
  expect(await throttle.admit(attempt)).toBe(0)
  for (let i = 0; i < 100; i++) await throttle.failed(attempt)
  expect(await throttle.admit({ ...attempt, account: 'somebody else' })).toBe(0)
  expect(await throttle.admit({ ...attempt, account: 'one more' })).toBeGreaterThan(0)
  expect(await throttle.admit({ account: 'from elsewhere', address: null })).toBe(0)
})

test('without the cache nobody is locked out', async () => {
  const gone = () => Promise.reject(new Error('the cache is away'))
  const { throttle } = setUp({ ...createMemoryCache(), get: gone, set: gone, increment: gone, delete: gone })
  expect(await throttle.admit(attempt)).toBe(0)
  await throttle.failed(attempt)
  await throttle.succeeded(attempt)
  expect(await throttle.admitLetter('camille@example.com')).toBe(true)
})

test('no address is in the keys', async () => {
  const cache = createMemoryCache()
  const keys: string[] = []
  const { throttle } = setUp({
    ...cache,
    increment: async (key, options) => (keys.push(key), await cache.increment(key, options)),
  })
  await throttle.admit(attempt)
  await throttle.failed(attempt)
  await throttle.admitLetter(attempt.account)
  expect(keys).toHaveLength(3)
  expect(keys.join(' ')).not.toMatch(/camille|192\.0/)
})
