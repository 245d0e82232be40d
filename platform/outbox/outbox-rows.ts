import type pg from 'pg'
import type { Envelope } from '../events/envelope.ts'

/** An event that was told and is to be published. */
export interface OutboxRow {
  id: string
  /** `<type> <id>` of the aggregate. */
  aggregate: string
  envelope: Envelope
  delayMs: number
  attempts: number
}

// How many of the oldest unsent rows are looked at. Far more than all relays together have in flight, so that rows
// which are being sent do not hide those that could be.
const scanned = 5_000

/**
 * Takes up to `limit` rows for `leaseMs`. An aggregate is taken only by its oldest unsent row, and its later ones with
 * it, so no two relays ever hold rows of the same aggregate: order survives any number of relays without a global lock.
 * (Within an aggregate ids rise with sequences, since `emit` draws both under the lock of the aggregate's counter.)
 *
 * Written so that every plan takes linear time. The table's statistics are of a quiet moment, when next to nothing is unsent:
 * joins of the unsent rows were planned as nested loops, and after an import told 6,000 events they took minutes.
 */
export async function claim(pool: pg.Pool, limit: number, leaseMs: number): Promise<OutboxRow[]> {
  const { rows } = await pool.query<OutboxRow>(
    `WITH unsent AS MATERIALIZED (
       SELECT id, leased_until, min(id) OVER (PARTITION BY aggregate_type, aggregate_id) AS head
       FROM (
         SELECT id, leased_until, aggregate_type, aggregate_id
         FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT ${String(scanned)}
       ) oldest
     ), heads AS MATERIALIZED (
       SELECT id FROM unsent WHERE id = head AND (leased_until IS NULL OR leased_until < now()) ORDER BY id
     ), free AS MATERIALIZED (
       SELECT o.id FROM heads CROSS JOIN LATERAL (
         SELECT id FROM outbox
         WHERE id = heads.id AND sent_at IS NULL AND (leased_until IS NULL OR leased_until < now())
         FOR UPDATE SKIP LOCKED
       ) o LIMIT $1
     ), chosen AS (
       SELECT id FROM unsent WHERE (head IN (SELECT id FROM free)) IS TRUE ORDER BY id LIMIT $1
     )
     UPDATE outbox o SET leased_until = now() + $2 * interval '1 ms', attempts = o.attempts + 1
     WHERE o.id = ANY(ARRAY(SELECT id FROM chosen)) AND o.sent_at IS NULL
     RETURNING o.id::text, o.aggregate_type || ' ' || o.aggregate_id AS aggregate, o.envelope,
               o.delay_ms AS "delayMs", o.attempts`,
    [limit, leaseMs],
  )
  return rows.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
}

export async function markSent(pool: pg.Pool, ids: readonly string[]): Promise<void> {
  await pool.query(`UPDATE outbox SET sent_at = now(), leased_until = NULL WHERE id = ANY($1::bigint[])`, [
    ids,
  ])
}

/** Lengthens (or, with a short time, ends) the lease of rows that are still unsent. */
export async function lease(pool: pg.Pool, ids: readonly string[], ms: number): Promise<void> {
  await pool.query(
    `UPDATE outbox SET leased_until = now() + $2 * interval '1 ms' WHERE id = ANY($1::bigint[]) AND sent_at IS NULL`,
    [ids, ms],
  )
}

/** Age of the oldest unsent row; 0 when all are sent. What stays high means that the relay or the bus is stuck. */
export async function oldestUnsentMs(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ ms: number }>(
    `SELECT greatest(0, extract(epoch FROM now() - created_at) * 1000)::float8 AS ms
     FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT 1`,
  )
  return rows[0]?.ms ?? 0
}

export async function hasUnsent(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ found: boolean }>(
    'SELECT EXISTS (SELECT FROM outbox WHERE sent_at IS NULL) AS found',
  )
  return rows[0]?.found ?? false
}
