import { availableIn, type BucketSize, fullAfter, waitFor } from './leaky-bucket.ts'

/** One bucket and what is wanted from it. */
export interface Draw {
  key: string
  size: BucketSize
  cost: number
}

/** What became of a draw on several buckets: all gave, or none did. */
export interface Drawn {
  /** How long until all of them could give; 0 when they did. */
  waitMs: number
  /** What is left in each, in the order of the draws. */
  available: readonly number[]
}

/**
 * Buckets in this process, at most `maxBuckets`: full ones are forgotten as others come, and beyond the bound the one
 * used longest ago, which so is full again.
 */
export function createMemoryBuckets(options: { maxBuckets: number; now: () => number }) {
  const { maxBuckets, now } = options
  const fullAt = new Map<string, number>()

  function put(key: string, fullAtMs: number): void {
    // Taken out and put back it is the youngest: a Map remembers the order of insertion.
    fullAt.delete(key)
    fullAt.set(key, fullAtMs)
    // Two go for each that comes, so that what is idle never piles up, and no request pays for a sweep.
    let looked = 0
    for (const [oldest, oldestFullAtMs] of fullAt) {
      if (fullAt.size <= maxBuckets && (looked === 2 || oldestFullAtMs > now())) break
      fullAt.delete(oldest)
      looked += 1
    }
  }

  return {
    size: () => fullAt.size,

    draw(draws: readonly Draw[]): Drawn {
      const nowMs = now()
      let waitMs = 0
      for (const { key, size, cost } of draws) {
        waitMs = Math.max(waitMs, waitFor(fullAt.get(key) ?? 0, cost, size, nowMs))
      }
      const available = draws.map(({ key, size, cost }) => {
        const before = fullAt.get(key) ?? 0
        if (waitMs > 0) return availableIn(before, size, nowMs)
        const after = fullAfter(before, cost, size, nowMs)
        put(key, after)
        return availableIn(after, size, nowMs)
      })
      return { waitMs, available }
    },

    /** Takes out what somebody else has already admitted, even when it is not there. */
    charge(draws: readonly Draw[]): void {
      const nowMs = now()
      for (const { key, size, cost } of draws) {
        // Never further down than empty: a bucket that is charged twice must not be shut for longer than a refill.
        const empty = nowMs + (size.capacity / size.restoreRate) * 1_000
        put(key, Math.min(empty, fullAfter(fullAt.get(key) ?? 0, cost, size, nowMs)))
      }
    },
  }
}
