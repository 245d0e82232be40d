import { Redis } from 'ioredis'
import type { Logger } from '../log/logger.ts'
import { assertTtl, type Cache } from './cache.ts'

// INCR and PEXPIRE apart would leave a counter for ever when the process dies between them.
const INCREMENT = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return count`

const DELETE_BATCH = 500

interface RedisCacheOptions {
  url: string
  /** Put before every key, so that two houses can share a Redis. */
  prefix?: string
  log: Logger
  /** How long a command may take before it is given up. */
  timeoutMs?: number
}

/**
 * A cache in Redis. Resolves when connected, or after the first failure: a cache that is down must not keep a
 * process from starting. While Redis is out of reach every operation rejects at once, and it reconnects by itself.
 */
export async function connectRedisCache(options: RedisCacheOptions): Promise<Cache & { healthy(): boolean }> {
  const { url, prefix = '', log, timeoutMs = 250 } = options
  const redis = new Redis(url, {
    keyPrefix: prefix,
    // Without these two, commands pile up in memory during an outage and their callers wait.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: timeoutMs,
    connectTimeout: 2_000,
    keepAlive: 10_000,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 6), 2_000),
    lazyConnect: true,
  })
  let isReported = false
  redis.on('error', (error: Error) => {
    // One line per outage; ioredis tells of every attempt.
    if (!isReported) log.warn({ err: error }, 'Redis is out of reach')
    isReported = true
  })
  redis.on('ready', () => {
    if (isReported) log.info('Redis is back')
    isReported = false
  })
  await redis.connect().catch(() => undefined)

  return {
    get: (key) => redis.getBuffer(key),
    set: async (key, value, { ttlMs }) => {
      assertTtl(ttlMs)
      await redis.set(key, value, 'PX', ttlMs)
    },
    delete: async (keys) => {
      for (let start = 0; start < keys.length; start += DELETE_BATCH) {
        await redis.unlink(...keys.slice(start, start + DELETE_BATCH))
      }
    },
    increment: async (key, { ttlMs }) => {
      assertTtl(ttlMs)
      return Number(await redis.eval(INCREMENT, 1, key, ttlMs))
    },
    close: async () => {
      await redis.quit().catch(() => {
        redis.disconnect()
      })
    },
    healthy: () => redis.status === 'ready',
  }
}
