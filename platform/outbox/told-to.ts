import type pg from 'pg'
import type { OutboxRow } from './outbox-rows.ts'

/** The relay of this process, as those who tell see it. */
export interface ToldTo {
  /** For how long rows may be written as taken by it; 0 when it takes none now. */
  leaseMs(): number
  /**
   * After the commit. `rows` are its own until `validUntil` (of `performance.now()`); when they are not all that was told,
   * the others are in the table for whoever is free.
   */
  take(rows: readonly OutboxRow[], told: { validUntil: number; isComplete: boolean }): void
}

const relays = new WeakMap<pg.Pool, ToldTo>()

/** From now on what is told in transactions of this pool goes to `relay`; returns what ends that. */
export function hearTold(pool: pg.Pool, relay: ToldTo): () => void {
  relays.set(pool, relay)
  return () => {
    if (relays.get(pool) === relay) relays.delete(pool)
  }
}

/** Null when no relay of this process publishes what this pool's transactions tell. */
export function toldTo(pool: pg.Pool): ToldTo | null {
  return relays.get(pool) ?? null
}
