import type pg from 'pg'
import type { SqlTx } from '../database/database.ts'
import { hooksOf } from '../database/transaction-hooks.ts'
import type { Envelope } from '../events/envelope.ts'
import type { OutboxRow } from './outbox-rows.ts'
import { toldTo } from './told-to.ts'

/** What is told, but for its number in the aggregate, which only the database knows. */
export interface Telling {
  eventId: string
  type: string
  aggregateType: string
  aggregateId: string
  /** JSON of the envelope. */
  envelope: string
  delayMs: number
}

/** Rows of one statement: beyond, a statement gets longer without getting cheaper. */
const mostRows = 500

/** More than this at once is an import: the relay takes it in portions, from the table. */
const mostHanded = 50

const tellings = new WeakMap<object, Telling[]>()

/**
 * Adds to what the transaction tells. All of it is written in one statement when the work is done: the counters of the
 * aggregates, which whoever tells of the same aggregate waits for, are taken in one order and held for one round trip.
 */
export async function tell(tx: SqlTx, messages: readonly Telling[]): Promise<void> {
  const hooks = hooksOf(tx)
  if (!hooks) {
    await writeAll(tx, messages, 0)
    return
  }
  const known = tellings.get(tx)
  if (known) {
    for (const message of messages) known.push(message)
    return
  }
  const all = [...messages]
  tellings.set(tx, all)
  hooks.beforeCommit(() => writeAndHandOver(tx, all, hooks))
}

/**
 * The rows are written as taken by this process's relay, which gets them at the commit and need not look for them. If the
 * process dies in between, the lease runs out and another relay finds them.
 */
async function writeAndHandOver(
  tx: SqlTx,
  messages: readonly Telling[],
  hooks: { pool: pg.Pool; afterCommit(work: () => void): void },
): Promise<void> {
  if (messages.length === 0) return
  const relay = toldTo(hooks.pool)
  const leaseMs = messages.length <= mostHanded ? (relay?.leaseMs() ?? 0) : 0
  const validUntil = performance.now() + leaseMs
  const rows = await writeAll(tx, messages, leaseMs)
  hooks.afterCommit(() => relay?.take(rows, { validUntil, isComplete: rows.length === messages.length }))
}

/** Returns the rows that are leased, in their order. */
async function writeAll(tx: SqlTx, messages: readonly Telling[], leaseMs: number): Promise<OutboxRow[]> {
  const leased: OutboxRow[] = []
  for (let from = 0; from < messages.length; from += mostRows) {
    leased.push(...(await write(tx, messages.slice(from, from + mostRows), leaseMs)))
  }
  return leased
}

/**
 * Counters are taken in the order of their aggregates, so that two writers of the same wait for each other; only beyond one
 * statement can they deadlock, and then one of them is run again.
 *
 * Leased is an aggregate's first event, or one whose predecessor is seen to be sent. Not "no unsent one is seen": an
 * earlier writer may have committed after this statement began, while it waited for the counter, and is not seen by it.
 */
async function write(tx: SqlTx, messages: readonly Telling[], leaseMs: number): Promise<OutboxRow[]> {
  const written = await tx.$queryRaw<{ id: string; event_id: string; sequence: number; leased: boolean }[]>`
    WITH message AS (
      SELECT * FROM unnest(
        ${messages.map(({ eventId }) => eventId)}::uuid[],
        ${messages.map(({ type }) => type)}::text[],
        ${messages.map(({ aggregateType }) => aggregateType)}::text[],
        ${messages.map(({ aggregateId }) => aggregateId)}::text[],
        ${messages.map(({ envelope }) => envelope)}::text[],
        ${messages.map(({ delayMs }) => delayMs)}::int[]
      ) WITH ORDINALITY AS message (event_id, type, aggregate_type, aggregate_id, envelope, delay_ms, place)
    ), next AS (
      INSERT INTO aggregate_sequences AS s (aggregate_type, aggregate_id, last)
      SELECT aggregate_type, aggregate_id, count(*) FROM message GROUP BY 1, 2 ORDER BY 1, 2
      ON CONFLICT (aggregate_type, aggregate_id) DO UPDATE SET last = s.last + excluded.last
      RETURNING aggregate_type, aggregate_id, last
    ), numbered AS (
      SELECT message.*, last - count(*) OVER aggregate AS before,
             last - count(*) OVER aggregate + row_number() OVER (aggregate ORDER BY place) AS sequence
      FROM message JOIN next USING (aggregate_type, aggregate_id)
      WINDOW aggregate AS (PARTITION BY aggregate_type, aggregate_id)
    )
    INSERT INTO outbox (event_id, type, aggregate_type, aggregate_id, sequence, envelope, delay_ms, leased_until)
    SELECT event_id, type, aggregate_type, aggregate_id, sequence,
           envelope::jsonb || jsonb_build_object('sequence', sequence), delay_ms,
           CASE WHEN ${leaseMs}::int > 0 AND (before = 0 OR EXISTS (
             SELECT FROM outbox AS o
             WHERE o.aggregate_type = numbered.aggregate_type AND o.aggregate_id = numbered.aggregate_id
               AND o.sequence = before AND o.sent_at IS NOT NULL))
           THEN clock_timestamp() + ${leaseMs}::int * interval '1 ms' END
    FROM numbered ORDER BY place
    RETURNING id::text, event_id, sequence::int, leased_until IS NOT NULL AS leased`
  const messageOf = new Map(messages.map((message) => [message.eventId, message]))
  return written.flatMap((row) => {
    const message = row.leased ? messageOf.get(row.event_id) : undefined
    if (!message) return []
    const { aggregateType, aggregateId, delayMs } = message
    // Made from the text, so that what is handed over is what is read from the table.
    const envelope = {
      ...(JSON.parse(message.envelope) as Omit<Envelope, 'sequence'>),
      sequence: row.sequence,
    }
    return [{ id: row.id, aggregate: `${aggregateType} ${aggregateId}`, envelope, delayMs, attempts: 1 }]
  })
}
