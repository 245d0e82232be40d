import { Redis } from 'ioredis'

/** A connection for the rate limit's buckets; it comes up whether or not Redis is there, and comes back by itself. */
export function connectRedis(url: string): Redis {
  const redis = new Redis(url, {
    // Without these two, commands pile up in memory during an outage and their callers wait.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    keepAlive: 10_000,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 5), 1_000),
  })
  // The rate limit says so itself, once, when it cannot be asked.
  redis.on('error', () => undefined)
  return redis
}
