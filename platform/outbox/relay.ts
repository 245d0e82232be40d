import type pg from 'pg'
import { runOutsideContext } from '../context/request-context.ts'
import type { Bus } from '../events/bus.ts'
import { createInFlight } from '../events/in-flight.ts'
import { pause } from '../events/pause.ts'
import type { Logger } from '../log/logger.ts'
import { claim, hasUnsent, lease, markSent, oldestUnsentMs, type OutboxRow } from './outbox-rows.ts'
import { prune } from './prune.ts'
import { hearTold } from './told-to.ts'

export interface Relay {
  /** Something may be there to be told. Commits of its own pool's transactions need not say so: it hears what they tell. */
  nudge(): void
  /** Resolves when every event told so far is published. */
  idle(): Promise<void>
  oldestUnsentMs(): Promise<number>
  /** Gives back what is not published yet. Close the bus first, so that nothing waits for it. */
  stop(): Promise<void>
}

interface RelayOptions {
  pool: pg.Pool
  bus: Bus
  log: Logger
  /** How often it looks without having been nudged: for what a crash or another process left. */
  sweepMs?: number
  /** After this a row taken by a relay that died is taken by another. Lengthened while it is being published. */
  leaseMs?: number
  /** Events being published at once. */
  window?: number
}

interface Held {
  validUntil: number
}

const pruneEveryMs = 3_600_000

/** So long rows that come straight from a commit are its own: a crash must not hold them up for a whole lease. */
const handedMs = 5_000

/**
 * How long after having published it looks for what had to wait for that. Only rows of other processes wait unknown to it,
 * and those of a busy aggregate come that often.
 */
const lookAfterMs = 200

/**
 * Publishes the outbox, each aggregate's events one after the other. Holds no transaction while it publishes. What this
 * process's own transactions tell comes to it with their commit; the table is read for the rest.
 */
export function startRelay(options: RelayOptions): Relay {
  const { pool, bus, log, sweepMs = 5_000, leaseMs = 15_000, window = 400 } = options
  const stopping = new AbortController()
  const work = createInFlight()
  const held = new Map<string, Held>()
  const isStopping = (): boolean => stopping.signal.aborted
  let nudged = false
  let looking = false
  let toMark: { id: string; marked: PromiseWithResolvers<undefined> }[] = []
  let marking = false
  /** Something of this process is in the table and was not handed over, likely behind what is being published. */
  let hasWaiting = false
  let willLook = false

  function nudge(): void {
    nudged = true
    if (!looking && !isStopping()) void work.track(look())
  }

  async function look(): Promise<void> {
    looking = true
    try {
      while (nudged && !isStopping() && held.size < window) {
        nudged = false
        const limit = window - held.size
        const validUntil = performance.now() + leaseMs
        const rows = await claim(pool, limit, leaseMs)
        publish(rows, validUntil)
        if (rows.length === limit) nudged = true
      }
    } catch (error) {
      log.warn({ err: error }, 'The outbox cannot be read; the next sweep tries again')
    } finally {
      looking = false
    }
  }

  function publish(rows: readonly OutboxRow[], validUntil: number): void {
    for (const lane of lanesOf(rows)) {
      // Ours already: we stood still until the lease ran out, and the old attempt has to end first.
      if (lane.some(({ id }) => held.has(id))) continue
      for (const { id } of lane) held.set(id, { validUntil })
      void work.track(publishLane(lane))
    }
  }

  function lookSoon(): void {
    if (willLook || isStopping()) return
    willLook = true
    void pause(lookAfterMs, stopping.signal).then(() => {
      willLook = false
      nudge()
    })
  }

  async function publishLane(rows: readonly OutboxRow[]): Promise<void> {
    let left = rows
    try {
      for (const row of rows) {
        // Too late after a standstill: another relay has taken it, and would be overtaken.
        if (performance.now() > (held.get(row.id)?.validUntil ?? 0)) throw new Error('the lease ran out')
        if (isStopping()) break
        await bus.publish(row.envelope, row.delayMs > 0 ? { delayMs: row.delayMs } : {})
        await mark(row.id)
        left = left.slice(1)
      }
    } catch (error) {
      const { attempts = 1, envelope } = left[0] ?? {}
      if (!isStopping())
        log.warn({ err: error, attempts, type: envelope?.type }, 'Not published; tried again later')
    }
    for (const { id } of rows) held.delete(id)
    if (left.length > 0) {
      await giveBack(left)
    } else if (hasWaiting) {
      hasWaiting = false
      nudge()
    } else {
      lookSoon()
    }
  }

  async function giveBack(rows: readonly OutboxRow[]): Promise<void> {
    const backOffMs = isStopping() ? 0 : Math.min(30_000, 50 * 2 ** Math.min(10, rows[0]?.attempts ?? 1))
    try {
      await lease(
        pool,
        rows.map(({ id }) => id),
        backOffMs,
      )
    } catch (error) {
      log.warn({ err: error }, 'A lease could not be given back; it runs out by itself')
    }
    if (!isStopping()) void pause(backOffMs + 5, stopping.signal).then(nudge)
  }

  /** Resolves when the row is marked; rows that finish meanwhile are marked together. */
  function mark(id: string): Promise<undefined> {
    const marked = Promise.withResolvers<undefined>()
    toMark.push({ id, marked })
    if (!marking) void markAll()
    return marked.promise
  }

  async function markAll(): Promise<void> {
    marking = true
    // The confirms of one read from the socket arrive in one turn of the loop: they share a statement.
    await new Promise((resolve) => setImmediate(resolve))
    while (toMark.length > 0) {
      const batch = toMark
      toMark = []
      try {
        await markSent(
          pool,
          batch.map(({ id }) => id),
        )
        for (const { marked } of batch) marked.resolve(undefined)
      } catch (error) {
        // Published and not marked: it will be published again, and the inboxes will know it.
        for (const { marked } of batch) marked.reject(error)
      }
    }
    marking = false
  }

  async function renewLeases(): Promise<void> {
    const ids = [...held.keys()]
    if (ids.length === 0) return
    const validUntil = performance.now() + leaseMs
    await lease(pool, ids, leaseMs)
    for (const id of ids) {
      const one = held.get(id)
      if (one) one.validUntil = validUntil
    }
  }

  async function every(ms: number, task: () => Promise<void> | void): Promise<void> {
    while (!isStopping()) {
      try {
        await task()
      } catch (error) {
        log.warn({ err: error }, 'The upkeep of the outbox failed; it is tried again')
      }
      await pause(ms, stopping.signal)
    }
  }

  const upkeep = [
    every(sweepMs, nudge),
    every(leaseMs / 3, renewLeases),
    every(pruneEveryMs, () => prune(pool)),
  ]

  const stopHearing = hearTold(pool, {
    leaseMs: () => (isStopping() || held.size >= window ? 0 : Math.min(leaseMs, handedMs)),
    take: (rows, { validUntil, isComplete }) => {
      runOutsideContext(() => {
        if (isStopping()) void work.track(giveBack(rows))
        else publish(rows, validUntil)
        if (isComplete) return
        hasWaiting = true
        nudge()
      })
    },
  })

  return {
    nudge,
    idle: async () => {
      for (;;) {
        nudge()
        await work.idle()
        if (isStopping() || !(await hasUnsent(pool))) return
        await pause(10, stopping.signal)
      }
    },
    oldestUnsentMs: () => oldestUnsentMs(pool),
    stop: async () => {
      stopping.abort()
      stopHearing()
      await work.idle()
      await Promise.all(upkeep)
    },
  }
}

function lanesOf(rows: readonly OutboxRow[]): OutboxRow[][] {
  return [...Map.groupBy(rows, ({ aggregate }) => aggregate).values()]
}
