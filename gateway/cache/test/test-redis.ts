import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { silentLogger } from '#platform/log/logger.ts'
import { createMemoryTier } from '../memory-tier.ts'
import { connectRedisSharedTier } from '../redis-shared-tier.ts'
import { createResponseCache, type Filled } from '../response-cache.ts'

export const redisUrl = process.env.TEST_REDIS_URL

/** A cache of its own in the test's Redis, and a connection to look into it. */
export function createTestRedis(url: string) {
  const name = `maison-test-${randomUUID()}`
  const redis = new Redis(url)
  const closing: (() => Promise<unknown>)[] = []

  async function keys(): Promise<string[]> {
    return await redis.keys(`{${name}}:*`)
  }

  /** A FLUSHALL for this cache alone: others use the same Redis. */
  async function loseEverything(): Promise<void> {
    const all = await keys()
    if (all.length > 0) await redis.unlink(...all)
  }

  /** One gateway's part, up and connected, unless its Redis is not there. */
  function connect(options: { through?: string; timeoutMs?: number } = {}) {
    // A busy machine is no reason for a test to find Redis too slow.
    const { through = url, timeoutMs = 5_000 } = options
    const memory = createMemoryTier({ maxBytes: 10_000_000 })
    const shared = connectRedisSharedTier({ url: through, name, log: silentLogger, timeoutMs })
    const cache = createResponseCache<Filled>({ memory, shared })
    closing.push(async () => {
      memory.close()
      await shared.close()
    })
    return { memory, shared, cache }
  }

  return {
    name,
    redis,
    keys,
    loseEverything,
    connect,
    /** How many hear of purges by now. */
    listeners: async (): Promise<number> =>
      Number((await redis.pubsub('NUMSUB', `{${name}}:purged`)).at(-1) ?? 0),
    close: async (): Promise<void> => {
      await Promise.all(closing.map((close) => close()))
      await loseEverything()
      await redis.quit()
    },
  }
}
