import { type Clock, systemClock } from '../time/clock.ts'
import { assertTtl, type Cache } from './cache.ts'

interface Entry {
  value: Buffer
  expiresAtMs: number
}

// What an entry costs beside its bytes: the map's slot, the entry, the Buffer object (measured at about 200 bytes).
const ENTRY_BYTES = 200

/**
 * A cache in this process, bounded in bytes: what was used longest ago goes first. A value larger than the whole
 * bound is not kept at all. Values are copied in and out, so that nobody can change what is stored.
 */
export function createMemoryCache(
  options: { maxBytes?: number; clock?: Clock } = {},
): Cache & { bytes(): number } {
  const { maxBytes = 64 * 1024 * 1024, clock = systemClock } = options
  // A Map remembers the order of insertion; taking an entry out and putting it back makes it the youngest.
  const entries = new Map<string, Entry>()
  let bytes = 0

  const costOf = (key: string, entry: Entry): number => key.length * 2 + entry.value.length + ENTRY_BYTES

  function remove(key: string): void {
    const entry = entries.get(key)
    if (!entry) return
    entries.delete(key)
    bytes -= costOf(key, entry)
  }

  function find(key: string): Entry | undefined {
    const entry = entries.get(key)
    if (!entry) return undefined
    if (entry.expiresAtMs <= clock.now().getTime()) {
      remove(key)
      return undefined
    }
    entries.delete(key)
    entries.set(key, entry)
    return entry
  }

  function store(key: string, entry: Entry): void {
    remove(key)
    const cost = costOf(key, entry)
    if (cost > maxBytes) return
    entries.set(key, entry)
    bytes += cost
    for (const oldest of entries.keys()) {
      if (bytes <= maxBytes) break
      remove(oldest)
    }
  }

  return {
    get: (key) => {
      const entry = find(key)
      return Promise.resolve(entry ? Buffer.from(entry.value) : null)
    },
    // Synchronous work in async functions: what it throws becomes a rejection, as with a store over a network.
    set: async (key, value, { ttlMs }) => {
      assertTtl(ttlMs)
      store(key, { value: Buffer.from(value), expiresAtMs: clock.now().getTime() + ttlMs })
    },
    delete: (keys) => {
      for (const key of keys) remove(key)
      return Promise.resolve()
    },
    increment: async (key, { ttlMs }) => {
      assertTtl(ttlMs)
      const found = find(key)
      const text = found?.value.toString('latin1') ?? '0'
      if (!/^-?\d{1,15}$/.test(text)) throw new TypeError(`The cache holds no count under ${key}`)
      const count = Number(text) + 1
      const expiresAtMs = found?.expiresAtMs ?? clock.now().getTime() + ttlMs
      store(key, { value: Buffer.from(String(count)), expiresAtMs })
      return count
    },
    close: () => {
      entries.clear()
      bytes = 0
      return Promise.resolve()
    },
    bytes: () => bytes,
  }
}
