// Rate limits that gateways share, on a real Redis.
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { silentLogger } from '#platform/log/logger.ts'
import { startTcpProxy } from '#platform/testing/tcp-proxy.ts'
import { createRateLimit, type RateLimitOptions } from '../limits/rate-limit.ts'

const redisUrl = process.env.TEST_REDIS_URL

test('without Redis in reach memory decides, at once', () => {
  const redis = new Redis('redis://127.0.0.1:1', { lazyConnect: true })
  const limit = startGatewayLimit(redis)
  expect(limit.admit({ userId: 'ada', ip: '10.0.0.1', cost: 1_000 })).toMatchObject({ isAdmitted: true })
  expect(limit.admit({ userId: 'ada', ip: '10.0.0.1', cost: 1_000 })).toMatchObject({ isAdmitted: false })
})

// Nothing worth mentioning comes back while a test runs.
const slow = { capacity: 1_000, restoreRate: 0.001 }

function startGatewayLimit(redis: Redis, options: Partial<RateLimitOptions> = {}) {
  return createRateLimit({ user: slow, ip: slow, redis, log: silentLogger, prefix, ...options })
}

const prefix = `maison-test-${uuidv7()}:`

describe.runIf(redisUrl)('with a Redis', () => {
  let redis: Redis
  beforeAll(async () => {
    redis = new Redis(redisUrl ?? '')
    await once(redis, 'ready')
  })
  afterAll(async () => {
    // What comes back so slowly would stay for days.
    const left = await redis.keys(`${prefix}*`)
    if (left.length > 0) await redis.unlink(left)
    await redis.quit()
  })

  test('several gateways together never admit more than the bucket holds', async () => {
    const ip = `10.1.${uuidv7()}`
    const clients = [redis.duplicate(), redis.duplicate(), redis.duplicate()]
    await Promise.all(clients.map((client) => once(client, 'ready')))
    const limits = clients.map((client) => startGatewayLimit(client))
    const admissions = []
    for (let round = 0; round < 30; round += 1) {
      const asked = [...limits, ...limits].map(async (limit) => limit.admit({ userId: null, ip, cost: 7 }))
      admissions.push(...(await Promise.all(asked)))
    }
    const admitted = admissions.filter(({ isAdmitted }) => isAdmitted).length
    expect(admissions).toHaveLength(180)
    expect(admitted * 7).toBeLessThanOrEqual(1_000)
    // What a gateway took ahead and did not use is all that may be missing: 20 of each.
    expect(admitted * 7).toBeGreaterThan(1_000 - 3 * 20 - 7)
    await Promise.all(clients.map((client) => client.quit()))
  })

  test('a bucket fills again by the clock of Redis, and a full one leaves nothing behind', async () => {
    const ip = `10.2.${uuidv7()}`
    const size = { capacity: 1_000, restoreRate: 5_000 }
    const limit = startGatewayLimit(redis, { ip: size, user: size })
    const startedAt = performance.now()
    let admitted = 0
    await expect
      .poll(
        async () => {
          const { isAdmitted } = await limit.admit({ userId: null, ip, cost: 500 })
          if (isAdmitted) admitted += 500
          return admitted
        },
        { interval: 1 },
      )
      .toBeGreaterThan(2_500)
    const elapsedMs = performance.now() - startedAt
    expect(admitted).toBeLessThanOrEqual(1_000 + 5 * elapsedMs + 500)
    await expect.poll(() => redis.exists(`${prefix}ip:${ip}`)).toBe(0)
  })

  test('a refusal takes nothing from either bucket', async () => {
    const ip = `10.3.${uuidv7()}`
    const [ada, bob] = [uuidv7(), uuidv7()]
    const limit = startGatewayLimit(redis, { ip: { ...slow, capacity: 1_500 } })
    expect(await limit.admit({ userId: ada, ip, cost: 900 })).toMatchObject({ isAdmitted: true })
    for (let i = 0; i < 20; i += 1) {
      expect(await limit.admit({ userId: ada, ip, cost: 500 })).toMatchObject({ isAdmitted: false })
    }
    expect(await limit.admit({ userId: bob, ip, cost: 600 })).toMatchObject({
      isAdmitted: true,
      cost: { throttleStatus: { maximumAvailable: 1_500, currentlyAvailable: 0 } },
    })
  })

  test('what was taken ahead is spent without asking again', async () => {
    const ip = `10.4.${uuidv7()}`
    const limit = startGatewayLimit(redis)
    expect(limit.admit({ userId: null, ip, cost: 2 })).toBeInstanceOf(Promise)
    await expect.poll(() => redis.exists(`${prefix}ip:${ip}`)).toBe(1)
    const next = limit.admit({ userId: null, ip, cost: 2 })
    expect(next).toMatchObject({
      isAdmitted: true,
      cost: { throttleStatus: { currentlyAvailable: 996 } },
    })
  })

  test('a Redis that does not answer is waited for 50 ms once, then memory decides', async () => {
    const proxy = await startTcpProxy(redisUrl ?? '')
    const client = new Redis(proxy.url)
    await once(client, 'ready')
    const ip = `10.5.${uuidv7()}`
    const limit = startGatewayLimit(client, { now: () => 5_000 })
    await limit.admit({ userId: null, ip, cost: 600 })
    proxy.freeze()
    const startedAt = performance.now()
    // It remembers what it has admitted itself.
    expect(await limit.admit({ userId: null, ip, cost: 600 })).toMatchObject({ isAdmitted: false })
    expect(performance.now() - startedAt).toBeGreaterThan(45)
    expect(limit.admit({ userId: null, ip, cost: 300 })).toMatchObject({ isAdmitted: true })
    client.disconnect()
    await proxy.close()
  })
})
