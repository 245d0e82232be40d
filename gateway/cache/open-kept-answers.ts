import type { Logger } from '#platform/log/logger.ts'
import type { GatewayMetrics } from '../metrics.ts'
import { createMemoryTier, type MemoryTier } from './memory-tier.ts'
import { createRawAnswer, type RawAnswer } from './raw-answer.ts'
import { connectRedisSharedTier } from './redis-shared-tier.ts'
import { createResponseCache, type Filled, type ResponseCache } from './response-cache.ts'

/** The response cache of one gateway, with both its tiers. */
export interface KeptAnswers<F extends Filled> {
  memory: MemoryTier
  cache: ResponseCache<F>
  raw: RawAnswer
  /** Brings the counters up to date; hits count themselves where it costs nothing. */
  count(metrics: GatewayMetrics): void
  close(): Promise<void>
}

/** `redis` is null for a gateway that is alone: it has only its memory. */
export function openKeptAnswers<F extends Filled>(options: {
  maxBytes: number
  redis: { url: string; prefix: string } | null
  baseHeaders: readonly string[]
  log: Logger
}): KeptAnswers<F> {
  const { maxBytes, redis, baseHeaders, log } = options
  const memory = createMemoryTier({ maxBytes })
  const shared = redis && connectRedisSharedTier({ url: redis.url, name: `${redis.prefix}maison`, log })
  const cache = createResponseCache<F>({ memory, shared, baseHeaders })
  const raw = createRawAnswer({ memory })
  return {
    memory,
    cache,
    raw,
    count: (metrics) => {
      const {
        memory: fresh,
        stale,
        shared: found,
        joined,
        filled,
        refused,
        uncacheable,
        purges,
      } = cache.counts
      metrics.cache('memory', 'hit').value = raw.hits + fresh
      metrics.cache('memory', 'stale').value = stale
      metrics.cache('shared', 'hit').value = found
      metrics.cache('origin', 'joined').value = joined
      metrics.cache('origin', 'filled').value = filled
      metrics.cache('origin', 'purged meanwhile').value = refused
      metrics.cache('origin', 'not kept').value = uncacheable
      metrics.cache('all', 'purge').value = purges
    },
    close: async () => {
      memory.close()
      await shared?.close()
    },
  }
}
