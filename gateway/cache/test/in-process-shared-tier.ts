// The shared tier's semantics in a few lines of TypeScript, for the model check. redis-shared-tier.int.test.ts holds it
// against the scripts in Redis.
import type { AgedEntry, PurgeListener, SharedTier } from '../shared-tier.ts'

interface Kept {
  entry: Omit<AgedEntry, 'ageMs'>
  epoch: string
  seq: number
  bornAtMs: number
}

export interface InProcessStore {
  /** One gateway's way to the store. `deliver` gets each purge this gateway should be told of. */
  connect(name: string): SharedTier & { deliver(message: readonly string[]): void; lose(): void }
  flushAll(): void
  dump(): string
}

/** `send` takes the word of a purge to the other gateways. */
export function createInProcessStore(options: {
  nowMs: () => number
  leaseMs: number
  send: (from: string, tags: readonly string[]) => void
}): InProcessStore {
  const { nowMs, leaseMs, send } = options
  const entries = new Map<string, Kept>()
  const leases = new Map<string, { token: string; untilMs: number }>()
  const fences = new Map<string, number>()
  let epoch = 'epoch-0'
  let epochs = 0
  let seq = 0

  const holds = ({ entry, ...born }: Kept): boolean =>
    born.epoch === epoch && entry.tags.every((tag) => (fences.get(tag) ?? 0) <= born.seq)

  function takeLease(key: string, token: string): boolean {
    const lease = leases.get(key)
    if (lease && lease.untilMs > nowMs()) return false
    leases.set(key, { token, untilMs: nowMs() + leaseMs })
    return true
  }

  function release(key: string, token: string): void {
    if (leases.get(key)?.token === token) leases.delete(key)
  }

  function connect(name: string): ReturnType<InProcessStore['connect']> {
    let listener: PurgeListener | null = null
    return {
      read: async (key, token) => {
        const kept = entries.get(key)
        const birth = { epoch, seq, atMs: nowMs() }
        const ageMs = kept ? nowMs() - kept.bornAtMs : 0
        if (!kept || !holds(kept) || kept.entry.key !== key || ageMs >= kept.entry.maxAgeMs) {
          return { birth, entry: null, hasLease: takeLease(key, token) }
        }
        const isFresh = (kept.entry.maxAgeMs - ageMs) * 2 > kept.entry.maxAgeMs
        return { birth, entry: { ...kept.entry, ageMs }, hasLease: !isFresh && takeLease(key, token) }
      },
      store: async (entry, birth, token) => {
        release(entry.key, token)
        const kept = { entry, epoch: birth.epoch, seq: birth.seq, bornAtMs: birth.atMs }
        if (!holds(kept) || nowMs() - birth.atMs >= entry.maxAgeMs) return 'refused'
        entries.set(entry.key, kept)
        return 'stored'
      },
      release: async (key, token) => {
        release(key, token)
      },
      purge: async (tags) => {
        seq += 1
        for (const tag of tags) fences.set(tag, seq)
        send(name, tags)
        return true
      },
      listen: (given) => {
        listener = given
      },
      deliver: (tags) => listener?.purged(tags),
      lose: () => listener?.lost(),
      close: () => Promise.resolve(),
    }
  }

  return {
    connect,
    flushAll: () => {
      entries.clear()
      leases.clear()
      fences.clear()
      seq = 0
      epochs += 1
      epoch = `epoch-${String(epochs)}`
    },
    dump: () =>
      JSON.stringify([
        epoch,
        seq,
        [...fences].sort(),
        [...leases].map(([key, { token }]) => [key, token]),
        [...entries].map(([key, { entry, ...born }]) => [key, entry.body.toString(), born.epoch, born.seq]),
      ]),
  }
}
