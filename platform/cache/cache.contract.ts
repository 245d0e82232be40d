// What every cache promises; run against each implementation.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { uuidv7 } from '../ids/uuid.ts'
import type { Cache } from './cache.ts'

const ttlMs = 60_000

export function cacheContract(name: string, makeCache: () => Promise<Cache>): void {
  describe(name, () => {
    let cache: Cache
    const key = (): string => `contract:${uuidv7()}`
    beforeAll(async () => {
      cache = await makeCache()
    })
    afterAll(() => cache.close())

    test('what was never stored is null', async () => {
      expect(await cache.get(key())).toBeNull()
    })

    test('bytes come back as they were, and the last write wins', async () => {
      const k = key()
      const every = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
      await cache.set(k, 'first, with an é and a 袋', { ttlMs })
      expect((await cache.get(k))?.toString()).toBe('first, with an é and a 袋')
      await cache.set(k, every, { ttlMs })
      expect(await cache.get(k)).toEqual(every)
      await cache.set(k, '', { ttlMs })
      expect(await cache.get(k)).toEqual(Buffer.alloc(0))
    })

    test('changing a buffer that went in or came out does not change what is stored', async () => {
      const k = key()
      const value = Buffer.from('abc')
      await cache.set(k, value, { ttlMs })
      value.fill('x')
      ;(await cache.get(k))?.fill('y')
      expect((await cache.get(k))?.toString()).toBe('abc')
    })

    test('it is gone when its time is over', async () => {
      const k = key()
      await cache.set(k, 'short', { ttlMs: 30 })
      await vi.waitFor(async () => expect(await cache.get(k)).toBeNull(), { timeout: 2_000, interval: 5 })
    })

    test('writing again sets a new time', async () => {
      const k = key()
      const witness = key()
      await cache.set(k, 'short', { ttlMs: 30 })
      await cache.set(witness, 'short', { ttlMs: 30 })
      await cache.set(k, 'long', { ttlMs })
      await vi.waitFor(async () => expect(await cache.get(witness)).toBeNull(), {
        timeout: 2_000,
        interval: 5,
      })
      expect((await cache.get(k))?.toString()).toBe('long')
    })

    test('deleting takes out those keys and no others', async () => {
      const [a, b, c] = [key(), key(), key()]
      for (const k of [a, b, c]) await cache.set(k, 'x', { ttlMs })
      await cache.delete([a, b, key()])
      expect(await Promise.all([a, b, c].map((k) => cache.get(k)))).toEqual([null, null, Buffer.from('x')])
      await cache.delete([])
      await cache.delete(Array.from({ length: 1_200 }, key))
    })

    test('a hundred increments at once count to a hundred, each number once', async () => {
      const k = key()
      const counts = await Promise.all(Array.from({ length: 100 }, () => cache.increment(k, { ttlMs })))
      expect(counts.sort((x, y) => x - y)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
    })

    test('the window of a count starts with its first increment and is not extended', async () => {
      const k = key()
      await cache.increment(k, { ttlMs: 40 })
      await vi.waitFor(
        async () => {
          const isStillOpen = (await cache.get(k)) !== null
          expect(isStillOpen ? await cache.increment(k, { ttlMs }) : 0).toBe(0)
        },
        { timeout: 2_000, interval: 5 },
      )
      expect(await cache.increment(k, { ttlMs })).toBe(1)
    })

    test('what is no count cannot be incremented', async () => {
      const k = key()
      await cache.set(k, 'abc', { ttlMs })
      await expect(cache.increment(k, { ttlMs })).rejects.toThrow()
    })

    test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
      'a time to live of %s is refused',
      async (bad) => {
        await expect(cache.set(key(), 'x', { ttlMs: bad })).rejects.toThrow(RangeError)
        await expect(cache.increment(key(), { ttlMs: bad })).rejects.toThrow(RangeError)
      },
    )
  })
}
