// The order of things in here (read the clock, ask the origin, store against the clock; purge shared first, own memory
// second) is what test/model-check.test.ts enumerates: change it there first.
import { randomUUID } from 'node:crypto'
import { setTimeout as pauseFor } from 'node:timers/promises'
import { bareEtag, type CacheEntry, createEntry } from './cache-entry.ts'
import { limitConcurrency } from './limit-concurrency.ts'
import type { MemoryTier } from './memory-tier.ts'
import type { AgedEntry, Birth, SharedTier } from './shared-tier.ts'
import { foldTags, typeOfTag, withTypeTags } from './tags.ts'

/** What the origin answered. */
export interface Filled {
  /** The whole response as JSON text. */
  body: string
  tags: Iterable<string> | null
  /** False for errors and whatever else nobody else may get later. */
  isCacheable: boolean
}

export interface ReadOptions<F extends Filled> {
  /** The canonical address, `/graphql/<hash>?variables=…`: all that the answer depends on. */
  key: string
  /** No older than this is it ever served. */
  maxAgeMs: number
  /**
   * Every type an entity or list in the answer can be of: whoever asks after a purge of one of them waits for no
   * earlier fill. An answer with a tag of another type is not kept.
   */
  types: readonly string[]
  /** Asks the origin, with no identity. It has its own time limit. */
  fill: () => Promise<F>
}

export type CacheRead<F extends Filled> =
  | { kind: 'entry'; entry: CacheEntry; from: 'memory' | 'stale' | 'shared' | 'origin' }
  /** Not kept: not cacheable, or purged while it was made. Nobody who asks later may get it. */
  | { kind: 'filled'; filled: F }

export interface ResponseCache<F extends Filled> {
  /**
   * A fresh answer from the shared tier, for who wants to know no more than the address first; null when there is none,
   * or this process knows better. Never rejects.
   */
  findShared(key: string): Promise<CacheEntry | null>
  /**
   * The answer from memory, from the shared tier, or from the origin: one execution at a time per key in this process,
   * and between processes while the shared tier is there. Rejects only with what `fill` rejects with.
   */
  read(options: ReadOptions<F>): Promise<CacheRead<F>>
  /**
   * When it resolves, nobody who asks this gateway from now on gets an answer with one of these tags from before; the
   * other gateways are being told. False when the shared tier was out of reach: all of it is dropped once it is back,
   * and until then other gateways may serve what they hold, within its age. Never rejects.
   */
  purge(tags: Iterable<string>): Promise<boolean>
  /** For a gateway that may have missed purges. */
  flushMemory(): void
  /** Counts since the start, for metrics. */
  readonly counts: Readonly<Record<Counter, number>>
}

type Counter = 'memory' | 'stale' | 'shared' | 'joined' | 'filled' | 'refused' | 'uncacheable' | 'purges'

interface Flight<F extends Filled> {
  begunAt: number
  result: Promise<CacheRead<F>>
}

/** How long a process may be the only one that asks the origin for a key; losers ask it themselves after that. */
const LEASE_MS = 2_000
const FIRST_PAUSE_MS = 5
const LONGEST_PAUSE_MS = 80

export function createResponseCache<F extends Filled>(options: {
  memory: MemoryTier
  /** Null: this process has only its memory. */
  shared: SharedTier | null
  /** Headers for every answer of the house, name, value, name, value … */
  baseHeaders?: readonly string[]
  /** How many fills may be under way at once; more wait. */
  maxFills?: number
  /** This process's own clock; it never goes back. */
  nowMs?: () => number
  pause?: (ms: number) => Promise<unknown>
}): ResponseCache<F> {
  const { memory, shared, baseHeaders = [], maxFills = 64 } = options
  const { nowMs = () => performance.now(), pause = pauseFor } = options
  const flights = new Map<string, Flight<F>>()
  const limit = limitConcurrency(maxFills)
  const processId = randomUUID()
  let flightNumber = 0
  const counts = {
    memory: 0,
    stale: 0,
    shared: 0,
    joined: 0,
    filled: 0,
    refused: 0,
    uncacheable: 0,
    purges: 0,
  }
  shared?.listen({ purged: memory.purge, lost: memory.flush })

  /** Others who ask meanwhile get the same result, but not who asked after a purge that may concern it. */
  function fly(key: string, begunAt: number, run: () => Promise<CacheRead<F>>): Promise<CacheRead<F>> {
    const flight: Flight<F> = { begunAt, result: run() }
    flights.set(key, flight)
    const land = (): void => {
      if (flights.get(key) === flight) flights.delete(key)
    }
    flight.result.then(land, land)
    return flight.result
  }

  function joinOrFly(asked: ReadOptions<F>): Promise<CacheRead<F>> {
    const flight = flights.get(asked.key)
    if (flight && !memory.hasPurgedSince(asked.types, flight.begunAt)) {
      counts.joined += 1
      return flight.result
    }
    const begunAt = memory.begin()
    return fly(asked.key, begunAt, () => fetch(asked, begunAt))
  }

  async function fetch(asked: ReadOptions<F>, begunAt: number): Promise<CacheRead<F>> {
    const { key } = asked
    const token = `${processId}:${String((flightNumber += 1))}`
    const waitsUntilMs = nowMs() + LEASE_MS
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const bornAtMs = nowMs()
      const found = shared ? await shared.read(key, token, asked.types) : null
      if (!found) return fillAndKeep(asked, { begunAt, bornAtMs, token, birth: null })
      const entry = found.entry ? keepShared(found.entry, bornAtMs, begunAt) : null
      if (entry) {
        counts.shared += 1
        if (found.hasLease) refresh(asked, { begunAt, bornAtMs, token, birth: found.birth })
        return { kind: 'entry', entry, from: 'shared' }
      }
      if (found.hasLease || nowMs() >= waitsUntilMs) {
        return fillAndKeep(asked, { begunAt, bornAtMs, token, birth: found.birth })
      }
      // Somebody else asks the origin: the entry comes, or the lease is given back, or a purge makes it worthless.
      await pause(pauseMs)
    }
  }

  /** Null when it is too old to be served. */
  function keepShared(found: AgedEntry, askedAtMs: number, begunAt: number): CacheEntry | null {
    const entry = createEntry({ ...found, bornAtMs: askedAtMs - found.ageMs, baseHeaders })
    if (nowMs() >= entry.staleUntilMs) return null
    memory.put(entry, begunAt)
    return entry
  }

  interface Start {
    begunAt: number
    bornAtMs: number
    token: string
    birth: Birth | null
  }

  /** In the background; whoever asks meanwhile is served the stale entry. */
  function refresh(asked: ReadOptions<F>, start: Start): void {
    fly(asked.key, start.begunAt, () => fillAndKeep(asked, start)).catch(() => undefined)
  }

  async function fillAndKeep(asked: ReadOptions<F>, start: Start): Promise<CacheRead<F>> {
    const { key, maxAgeMs } = asked
    const { birth, bornAtMs, token } = start
    let isLeased = birth !== null
    try {
      const filled = await limit(asked.fill)
      counts.filled += 1
      if (!filled.isCacheable) {
        counts.uncacheable += 1
        return { kind: 'filled', filled }
      }
      const tags = foldTags(filled.tags ?? [])
      const body = Buffer.from(filled.body)
      const entry = createEntry({ key, tags, bornAtMs, maxAgeMs, body, baseHeaders })
      if (nowMs() >= entry.staleUntilMs || !tags.every((tag) => asked.types.includes(typeOfTag(tag)))) {
        counts.uncacheable += 1
        return { kind: 'filled', filled }
      }
      if (shared && birth) {
        const toStore = { key, tags, maxAgeMs, etag: bareEtag(entry), body }
        isLeased = false
        if ((await shared.store(toStore, birth, token)) === 'refused') {
          counts.refused += 1
          return { kind: 'filled', filled }
        }
      }
      if (!memory.put(entry, start.begunAt)) {
        counts.refused += 1
        return { kind: 'filled', filled }
      }
      return { kind: 'entry', entry, from: 'origin' }
    } finally {
      if (isLeased) void shared?.release(key, token)
    }
  }

  return {
    findShared: async (key) => {
      if (!shared || memory.find(key)) return null
      const begunAt = memory.begin()
      const askedAtMs = nowMs()
      const found = await shared.read(key, '')
      const entry = found?.entry ? keepShared(found.entry, askedAtMs, begunAt) : null
      if (!entry || nowMs() >= entry.freshUntilMs) return null
      counts.shared += 1
      return entry
    },
    read: async (asked) => {
      const held = memory.find(asked.key)
      if (!held) return joinOrFly(asked)
      if (nowMs() < held.freshUntilMs) {
        counts.memory += 1
        return { kind: 'entry', entry: held, from: 'memory' }
      }
      counts.stale += 1
      joinOrFly(asked).catch(() => undefined)
      return { kind: 'entry', entry: held, from: 'stale' }
    },
    purge: async (given) => {
      const tags = withTypeTags(given)
      counts.purges += 1
      const isShared = shared ? await shared.purge(tags) : true
      memory.purge(tags)
      return isShared
    },
    flushMemory: memory.flush,
    counts,
  }
}
