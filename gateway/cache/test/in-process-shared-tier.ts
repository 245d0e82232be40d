// The shared tier's semantics in a few lines of TypeScript, for the model check. redis-shared-tier.int.test.ts holds it
// against the scripts in Redis.
import type { PurgeListener, SharedEntry, SharedTier } from '../shared-tier.ts'
import { tagsOfTypes } from '../tags.ts'

interface Kept {
  entry: SharedEntry
  epoch: string
  seq: number
  bornAtMs: number
}

export interface InProcessStore {
  /** One gateway's way to the store. */
  connect(name: string): ConnectedTier
  flushAll(): void
  /** All of its state as text; equal states give equal texts. */
  dump(): string
}

export interface ConnectedTier extends SharedTier {
  /** The word of another gateway's purge arrives. */
  deliver(tags: readonly string[]): void
  /** This gateway finds that it may have missed some. */
  lose(): void
}

/** What a weaker protocol would do. */
export interface Weakness {
  /** A purge deletes the entries it finds, and leaves no fence. */
  deletesOnly?: boolean
  storesWithoutFence?: boolean
  hasOneEpoch?: boolean
  /** A lease holds until its time is over, whatever was purged. */
  leaseOutlivesPurge?: boolean
}

/** `send` takes the word of a purge to the other gateways. */
export function createInProcessStore(options: {
  nowMs: () => number
  leaseMs: number
  send: (from: string, tags: readonly string[]) => void
  weakness?: Weakness
}): InProcessStore {
  const { nowMs, leaseMs, send, weakness = {} } = options
  const entries = new Map<string, Kept>()
  const leases = new Map<string, { token: string; untilMs: number; epoch: string; seq: number }>()
  const fences = new Map<string, number>()
  let epochs = 0
  let seq = 0

  const epoch = (): string => `epoch-${weakness.hasOneEpoch ? 0 : epochs}`
  const holds = ({ entry, ...born }: Kept): boolean =>
    born.epoch === epoch() && entry.tags.every((tag) => (fences.get(tag) ?? 0) <= born.seq)

  function takeLease(key: string, token: string, concerning: readonly string[] | null): boolean {
    if (token === '') return false
    const lease = leases.get(key)
    if (lease && lease.untilMs > nowMs()) {
      const isSpent =
        concerning !== null &&
        !weakness.leaseOutlivesPurge &&
        (lease.epoch !== epoch() || concerning.some((tag) => (fences.get(tag) ?? 0) > lease.seq))
      if (!isSpent) return false
    }
    leases.set(key, { token, untilMs: nowMs() + leaseMs, epoch: epoch(), seq })
    return true
  }

  function release(key: string, token: string): void {
    if (leases.get(key)?.token === token) leases.delete(key)
  }

  function purge(tags: readonly string[]): void {
    if (weakness.deletesOnly) {
      for (const [key, { entry }] of entries) {
        if (entry.tags.some((tag) => tags.includes(tag))) entries.delete(key)
      }
      return
    }
    seq += 1
    for (const tag of tags) fences.set(tag, seq)
  }

  function connect(name: string): ConnectedTier {
    let listener: PurgeListener | null = null
    return {
      read: async (key, token, types = []) => {
        const kept = entries.get(key)
        const birth = { epoch: epoch(), seq, atMs: nowMs() }
        const leftMs = kept ? kept.bornAtMs + kept.entry.maxAgeMs - nowMs() : 0
        if (!kept || !holds(kept) || leftMs <= 0) {
          return { birth, entry: null, hasLease: takeLease(key, token, tagsOfTypes(types)) }
        }
        const isFresh = leftMs * 2 > kept.entry.maxAgeMs
        const entry = { ...kept.entry, ageMs: kept.entry.maxAgeMs - leftMs }
        return { birth, entry, hasLease: !isFresh && takeLease(key, token, null) }
      },
      store: async (entry, birth, token) => {
        release(entry.key, token)
        const kept = { entry, epoch: birth.epoch, seq: birth.seq, bornAtMs: birth.atMs }
        const isRefused = !holds(kept) || nowMs() - birth.atMs >= entry.maxAgeMs
        if (isRefused && !weakness.storesWithoutFence) return 'refused'
        // Without the check at the store, the check at the read would still catch it: the weakness is to have neither.
        entries.set(entry.key, weakness.storesWithoutFence ? { ...kept, seq } : kept)
        return 'stored'
      },
      release: async (key, token) => {
        release(key, token)
      },
      purge: async (tags) => {
        purge(tags)
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
    },
    dump: () =>
      [
        epoch(),
        seq,
        [...fences].sort().join(),
        ...[...leases.values()].map((lease) => `${lease.token} ${lease.untilMs} ${lease.epoch} ${lease.seq}`),
        ...[...entries.values()].map(
          ({ entry, ...born }) => `${String(entry.body)} ${born.epoch} ${born.seq}`,
        ),
      ].join(' '),
  }
}
