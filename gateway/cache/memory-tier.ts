import { type CacheEntry, COARSE_TICK_MS, sizeOf } from './cache-entry.ts'
import { createPurgeClock } from './purge-clock.ts'
import { createTagIndex } from './tag-index.ts'

/** An entry larger than this part of the bound would push out too many others. */
const LARGEST_PART = 1 / 8

/**
 * The answers this process keeps, bounded in bytes. Whoever fills it takes `begin()` before the first thing is read and
 * gives it back to `put`: what was read before a purge that concerns it is not kept.
 */
export interface MemoryTier {
  /** For the raw answer: a fresh entry by the raw address, by a clock that is up to half a second behind. */
  findFresh(url: string): CacheEntry | undefined
  /** An entry that may still be served, fresh or stale. */
  find(key: string): CacheEntry | undefined
  begin(): number
  /** Whether anything of these types was purged since. */
  hasPurgedSince(types: readonly string[], begunAt: number): boolean
  /** False when a purge since `begunAt` concerns the entry: it must not be given to anybody who asked later. */
  put(entry: CacheEntry, begunAt: number): boolean
  /** Counts the bytes again of an entry that got another encoding. */
  recount(entry: CacheEntry): void
  /** Drops every entry with one of these tags (`withTypeTags` has been applied) before it returns. */
  purge(tags: readonly string[]): void
  flush(): void
  readonly bytes: number
  readonly size: number
  /** Stops the coarse clock. */
  close(): void
}

/** `nowMs` is this process's own clock; it never goes back. */
export function createMemoryTier(options: { maxBytes: number; nowMs?: () => number }): MemoryTier {
  const { maxBytes, nowMs = () => performance.now() } = options
  const entries = new Map<string, CacheEntry>()
  const index = createTagIndex()
  const purges = createPurgeClock()
  let bytes = 0
  let coarseMs = nowMs()
  const ticker = setInterval(() => (coarseMs = nowMs()), COARSE_TICK_MS).unref()
  // One iterator that lives on: a new one would walk over the holes that deletions left at the front of the map.
  let hand = entries.values()

  function remove(entry: CacheEntry): void {
    entries.delete(entry.key)
    bytes -= entry.heldBytes
    entry.heldBytes = 0
    index.remove(entry)
  }

  /** Second chance: who was used since the hand last came by goes to the end of the line. */
  function makeRoom(): void {
    while (bytes > maxBytes) {
      const { value: entry } = hand.next()
      if (!entry) {
        if (entries.size === 0) return
        hand = entries.values()
      } else if (entry.wasUsed && entry.staleUntilMs > coarseMs) {
        entry.wasUsed = false
        entries.delete(entry.key)
        entries.set(entry.key, entry)
      } else remove(entry)
    }
  }

  return {
    findFresh: (url) => {
      const entry = entries.get(url)
      if (entry === undefined || coarseMs >= entry.freshUntilMs) return undefined
      entry.wasUsed = true
      return entry
    },
    find: (key) => {
      const entry = entries.get(key)
      if (!entry) return undefined
      if (nowMs() >= entry.staleUntilMs) {
        remove(entry)
        return undefined
      }
      entry.wasUsed = true
      return entry
    },
    begin: purges.now,
    hasPurgedSince: purges.hasPurgedTypesSince,
    put: (entry, begunAt) => {
      if (purges.hasPurgedSince(entry.tags, begunAt)) return false
      const size = sizeOf(entry)
      const before = entries.get(entry.key)
      if (before) {
        // Two fills may end in another order than they began.
        if (before.bornAtMs > entry.bornAtMs) return true
        entry.wasUsed = before.wasUsed
        remove(before)
      }
      if (size > maxBytes * LARGEST_PART || nowMs() >= entry.staleUntilMs) return true
      entries.set(entry.key, entry)
      entry.heldBytes = size
      index.add(entry)
      bytes += size
      makeRoom()
      return true
    },
    recount: (entry) => {
      if (entry.heldBytes === 0) return
      const size = sizeOf(entry)
      bytes += size - entry.heldBytes
      entry.heldBytes = size
      makeRoom()
    },
    purge: (tags) => {
      purges.purge(tags)
      for (const tag of tags) for (const entry of index.entriesOf(tag)) remove(entry)
    },
    flush: () => {
      purges.purgeAll()
      for (const entry of entries.values()) entry.heldBytes = 0
      entries.clear()
      index.clear()
      bytes = 0
      hand = entries.values()
    },
    get bytes() {
      return bytes
    },
    get size() {
      return entries.size
    },
    close: () => {
      clearInterval(ticker)
    },
  }
}
