import type { SqlTx } from '../database/database.ts'
import type { EventDefinition } from '../events/define-event.ts'
import { type EventMessage, toEnvelope } from './emit.ts'

/** Rows of one statement: beyond, a statement gets longer without getting cheaper. */
const mostRows = 500

/**
 * As `emit` for many messages of one event, in their order, in one statement per 500: an import tells thousands. Messages of
 * one aggregate are numbered in the order given.
 */
export async function emitAll<P>(
  tx: SqlTx,
  event: EventDefinition<P>,
  messages: readonly EventMessage<P>[],
): Promise<void> {
  let rows: EventMessage<P>[] = []
  let aggregates = new Set<string>()
  for (const message of messages) {
    // A statement can take an aggregate's next number only once.
    if (rows.length >= mostRows || aggregates.has(message.aggregateId)) {
      await insert(tx, event, rows)
      rows = []
      aggregates = new Set()
    }
    rows.push(message)
    aggregates.add(message.aggregateId)
  }
  if (rows.length > 0) await insert(tx, event, rows)
}

// Counters are taken in the order of their ids, so that two writers of the same aggregates wait for each other; only beyond one
// statement can they deadlock, and then one of them is run again.
async function insert<P>(
  tx: SqlTx,
  event: EventDefinition<P>,
  messages: readonly EventMessage<P>[],
): Promise<void> {
  const envelopes = messages.map((message) => toEnvelope(event, message))
  await tx.$executeRaw`
    WITH message AS (
      SELECT * FROM unnest(
        ${envelopes.map((envelope) => envelope.eventId)}::uuid[],
        ${envelopes.map((envelope) => envelope.aggregateId)}::text[],
        ${envelopes.map((envelope) => JSON.stringify(envelope))}::text[],
        ${messages.map((message) => message.delayMs ?? 0)}::int[]
      ) WITH ORDINALITY AS message (event_id, aggregate_id, envelope, delay_ms, place)
    ), next AS (
      INSERT INTO aggregate_sequences AS s (aggregate_type, aggregate_id, last)
      SELECT ${event.aggregateType}, aggregate_id, 1 FROM message ORDER BY aggregate_id
      ON CONFLICT (aggregate_type, aggregate_id) DO UPDATE SET last = s.last + 1
      RETURNING aggregate_id, last
    )
    INSERT INTO outbox (event_id, type, aggregate_type, aggregate_id, sequence, envelope, delay_ms)
    SELECT message.event_id, ${event.type}, ${event.aggregateType}, aggregate_id, next.last,
           message.envelope::jsonb || jsonb_build_object('sequence', next.last), message.delay_ms
    FROM message JOIN next USING (aggregate_id)
    ORDER BY message.place`
}
