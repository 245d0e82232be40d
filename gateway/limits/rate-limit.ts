// How much one person, and one address, may ask for in a while: every operation takes its cost out of both buckets.
import type { Redis } from 'ioredis'
import type { Logger } from '#platform/log/logger.ts'
import { Refusal } from '../http/refusal.ts'
import { clientNetwork } from './client-network.ts'
import type { BucketSize } from './leaky-bucket.ts'
import { createMemoryBuckets, type Draw, type Drawn } from './memory-buckets.ts'
import { createRedisBuckets } from './redis-buckets.ts'

/** As clients of Shopify's API know it; goes to `extensions.cost`. */
export interface CostExtension {
  requestedQueryCost: number
  /** Of the bucket that is nearest to empty. */
  throttleStatus: { maximumAvailable: number; currentlyAvailable: number; restoreRate: number }
}

export interface Admission {
  isAdmitted: boolean
  /** When to ask again, in whole seconds; 0 when admitted. */
  retryAfterSeconds: number
  cost: CostExtension
}

export interface RateLimit {
  /**
   * Takes the cost out of the person's bucket and out of the address's, or out of neither. At once when memory decides,
   * or what was taken ahead; never rejects. A cost above a bucket's capacity needs a full one.
   */
  admit(request: { userId: string | null; ip: string | null; cost: number }): Promise<Admission> | Admission
}

export interface RateLimitOptions {
  user: BucketSize
  ip: BucketSize
  /** A connected client; null without Redis: then every gateway counts for itself. */
  redis: Pick<Redis, 'eval' | 'status'> | null
  log: Logger
  prefix?: string
  now?: () => number
  /** Redis is not waited for longer; then memory decides, and for the second after. */
  timeoutMs?: number
  /** Buckets kept in memory, 100 bytes each. */
  maxBuckets?: number
}

const pauseMs = 1_000

/** While Redis is away this gateway decides by what it has itself admitted. */
export function createRateLimit(options: RateLimitOptions): RateLimit {
  const { user, ip: address, redis, log, prefix = 'maison:rate:', now = Date.now } = options
  const { timeoutMs = 50, maxBuckets = 100_000 } = options
  const memory = createMemoryBuckets({ maxBuckets, now })
  const shared = redis && createRedisBuckets({ redis, prefix, timeoutMs, maxLeases: maxBuckets, now })
  let awayUntilMs = 0
  let isReported = false

  function withoutRedis(error: unknown, draws: readonly Draw[]): Drawn {
    if (!isReported) log.warn({ err: error }, 'rate limits are counted by each gateway alone')
    isReported = true
    awayUntilMs = now() + pauseMs
    return memory.draw(draws)
  }

  function withRedis(drawn: Drawn, draws: readonly Draw[]): Drawn {
    if (isReported) log.info('rate limits are counted together again')
    isReported = false
    if (drawn.waitMs === 0) memory.charge(draws)
    return drawn
  }

  function drawFrom(draws: readonly Draw[]): Drawn | Promise<Drawn> {
    if (!shared || redis.status !== 'ready' || now() < awayUntilMs) return memory.draw(draws)
    const drawn = shared.draw(draws)
    if (!(drawn instanceof Promise)) return withRedis(drawn, draws)
    return drawn.then(
      (told) => withRedis(told, draws),
      (error: unknown) => withoutRedis(error, draws),
    )
  }

  return {
    admit: ({ userId, ip, cost }) => {
      const draws: Draw[] = [toDraw(`ip:${clientNetwork(ip)}`, address, cost)]
      if (userId !== null) draws.push(toDraw(`user:${userId}`, user, cost))
      const drawn = drawFrom(draws)
      return drawn instanceof Promise
        ? drawn.then((later) => toAdmission(cost, draws, later))
        : toAdmission(cost, draws, drawn)
    },
  }
}

/** What a client is told whose operation is not admitted. */
export function rateLimited({ retryAfterSeconds, cost }: Admission): Refusal {
  return new Refusal(429, 'RATE_LIMITED', `Too much at once. Ask again in ${String(retryAfterSeconds)} s.`, {
    retryAfterSeconds,
    cost,
  })
}

function toDraw(key: string, size: BucketSize, cost: number): Draw {
  return { key, size, cost: Math.min(cost, size.capacity) }
}

function toAdmission(cost: number, draws: readonly Draw[], { waitMs, available }: Drawn): Admission {
  const lowest = Math.min(...available)
  const size = draws[available.indexOf(lowest)]?.size
  return {
    isAdmitted: waitMs <= 0,
    retryAfterSeconds: Math.ceil(waitMs / 1_000),
    cost: {
      requestedQueryCost: cost,
      throttleStatus: {
        maximumAvailable: size?.capacity ?? 0,
        currentlyAvailable: Math.max(0, Math.floor(lowest)),
        restoreRate: size?.restoreRate ?? 0,
      },
    },
  }
}
