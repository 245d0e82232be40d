import type { Logger } from '#platform/log/logger.ts'
import { createMemoryTier, type MemoryTier } from './memory-tier.ts'
import { createRawAnswer, type RawAnswer } from './raw-answer.ts'
import { connectRedisSharedTier } from './redis-shared-tier.ts'
import { createResponseCache, type Filled, type ResponseCache } from './response-cache.ts'

/** The response cache of one gateway, with both its tiers. */
export interface KeptAnswers<F extends Filled> {
  memory: MemoryTier
  cache: ResponseCache<F>
  raw: RawAnswer
  close(): Promise<void>
}

/** `redisUrl` is null for a gateway that is alone: it has only its memory. */
export function openKeptAnswers<F extends Filled>(options: {
  maxBytes: number
  redisUrl: string | null
  baseHeaders: readonly string[]
  log: Logger
}): KeptAnswers<F> {
  const { maxBytes, redisUrl, baseHeaders, log } = options
  const memory = createMemoryTier({ maxBytes })
  const shared = redisUrl === null ? null : connectRedisSharedTier({ url: redisUrl, name: 'maison', log })
  return {
    memory,
    cache: createResponseCache<F>({ memory, shared, baseHeaders }),
    raw: createRawAnswer({ memory }),
    close: async () => {
      memory.close()
      await shared?.close()
    },
  }
}
