import fc from 'fast-check'
import { expect, test } from 'vitest'
import { silentLogger } from '#platform/log/logger.ts'
import { clientNetwork } from './client-network.ts'
import { createMemoryBuckets } from './memory-buckets.ts'
import { type Admission, createRateLimit, rateLimited } from './rate-limit.ts'

const user = { capacity: 1_000, restoreRate: 50 }
const ip = { capacity: 3_000, restoreRate: 200 }

function start(options: { maxBuckets?: number } = {}) {
  let nowMs = 1_000_000
  const limit = createRateLimit({ user, ip, redis: null, log: silentLogger, now: () => nowMs, ...options })
  return {
    advance: (ms: number) => {
      nowMs += ms
    },
    admit: (userId: string | null, address: string, cost: number): Admission => {
      const admission = limit.admit({ userId, ip: address, cost })
      if (admission instanceof Promise) throw new Error('memory decides at once')
      return admission
    },
  }
}

test('never is more admitted than a bucket holds and gets back', () => {
  const request = fc.record({
    userId: fc.constantFrom(null, 'ada', 'bob'),
    ip: fc.constantFrom('10.0.0.1', '10.0.0.2'),
    cost: fc.integer({ min: 1, max: 1_200 }),
    waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000 })),
  })
  fc.assert(
    fc.property(fc.array(request, { maxLength: 200 }), (requests) => {
      const { admit, advance } = start()
      const admitted = new Map<string, number>()
      let elapsedMs = 0
      for (const { userId, ip: address, cost, waitMs } of requests) {
        advance(waitMs)
        elapsedMs += waitMs
        if (!admit(userId, address, cost).isAdmitted) continue
        for (const [key, size] of [
          [userId, user],
          [address, ip],
        ] as const) {
          if (key === null) continue
          const total = (admitted.get(key) ?? 0) + Math.min(cost, size.capacity)
          admitted.set(key, total)
          expect(total).toBeLessThanOrEqual(size.capacity + (size.restoreRate * elapsedMs) / 1_000 + 1e-6)
        }
      }
    }),
  )
})

test('who waits as long as told is admitted, and not a second earlier', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), (cost) => {
      const { admit, advance } = start()
      admit('ada', '10.0.0.1', 1_000)
      const refused = admit('ada', '10.0.0.1', cost)
      expect(refused.isAdmitted).toBe(false)
      advance((refused.retryAfterSeconds - 1) * 1_000)
      expect(admit('ada', '10.0.0.1', cost).isAdmitted).toBe(false)
      advance(1_000)
      expect(admit('ada', '10.0.0.1', cost).isAdmitted).toBe(true)
    }),
  )
})

test('a refusal takes nothing from either bucket', () => {
  const { admit } = start()
  admit('ada', '10.0.0.1', 900)
  for (let i = 0; i < 100; i += 1) expect(admit('ada', '10.0.0.1', 500).isAdmitted).toBe(false)
  expect(admit('bob', '10.0.0.1', 1_000).isAdmitted).toBe(true)
  expect(admit('ada', '10.0.0.1', 100).isAdmitted).toBe(true)
})

test('one address is bounded however many people sign in there', () => {
  const { admit } = start()
  const admitted = Array.from({ length: 10 }, (_, i) => admit(`user ${String(i)}`, '10.0.0.1', 1_000))
  expect(admitted.filter(({ isAdmitted }) => isAdmitted)).toHaveLength(3)
})

test('an operation dearer than the bucket is admitted when the bucket is full', () => {
  const { admit } = start()
  expect(admit(null, '10.0.0.1', 9_999).isAdmitted).toBe(true)
  expect(admit(null, '10.0.0.1', 1).isAdmitted).toBe(false)
})

test('the client is told about the bucket that is nearest to empty', () => {
  const { admit } = start()
  expect(admit('ada', '10.0.0.1', 300)).toEqual({
    isAdmitted: true,
    retryAfterSeconds: 0,
    cost: {
      requestedQueryCost: 300,
      throttleStatus: { maximumAvailable: 1_000, currentlyAvailable: 700, restoreRate: 50 },
    },
  })
  const refused = admit('ada', '10.0.0.1', 800)
  expect(refused.retryAfterSeconds).toBe(2)
  expect(rateLimited(refused)).toMatchObject({
    status: 429,
    code: 'RATE_LIMITED',
    extensions: { retryAfterSeconds: 2, cost: { throttleStatus: { currentlyAvailable: 700 } } },
  })
})

test('memory keeps no more buckets than it may, and forgets those that are full first', () => {
  let nowMs = 0
  const buckets = createMemoryBuckets({ maxBuckets: 1_000, now: () => nowMs })
  const draw = (key: string) => buckets.draw([{ key, size: user, cost: 100 }])
  for (let i = 0; i < 10_000; i += 1) draw(String(i))
  expect(buckets.size()).toBe(1_000)
  nowMs += 60_000
  for (let i = 0; i < 500; i += 1) draw(`later ${String(i)}`)
  expect(buckets.size()).toBe(500)
})

test('what was already admitted elsewhere never shuts a bucket for longer than it takes to refill', () => {
  const buckets = createMemoryBuckets({ maxBuckets: 10, now: () => 0 })
  for (let i = 0; i < 50; i += 1) buckets.charge([{ key: 'ada', size: user, cost: 1_000 }])
  expect(buckets.draw([{ key: 'ada', size: user, cost: 1_000 }]).waitMs).toBe(20_000)
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:DB8:0:1:aaaa::1', '2001:db8:0:1::/64'],
  ['2001:db8::1:0:0:0:7', '2001:db8:0:1::/64'],
  ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['nonsense', 'nonsense'],
  [null, 'unknown'],
])('%s counts as %s', (address, expected) => {
  expect(clientNetwork(address)).toBe(expected)
})
