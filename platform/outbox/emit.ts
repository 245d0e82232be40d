import { currentContext, type RequestContext } from '../context/request-context.ts'
import type { SqlTx } from '../database/database.ts'
import type { EventDefinition } from '../events/define-event.ts'
import { uuidv7 } from '../ids/uuid.ts'

export interface EventMessage<P> {
  aggregateId: string
  payload: P
  market?: string | null
  /** The bus holds it back for at least this long; only a hint, so a sweep must find what it would have told. */
  delayMs?: number
  actor?: RequestContext['actor']
}

/**
 * Tells an event as part of `tx`: it is published if and only if `tx` commits. Returns its id.
 *
 * One statement takes the aggregate's next number and inserts the row: the counter's row lock is held until the end of
 * `tx`, so numbers have no gaps and commit in their order. Throws a ZodError when the payload breaks its own contract.
 */
export async function emit<P>(
  tx: SqlTx,
  event: EventDefinition<P>,
  message: EventMessage<P>,
): Promise<string> {
  const envelope = toEnvelope(event, message)
  const { eventId } = envelope
  await tx.$executeRaw`
    WITH next AS (
      INSERT INTO aggregate_sequences AS s (aggregate_type, aggregate_id, last)
      VALUES (${event.aggregateType}, ${message.aggregateId}, 1)
      ON CONFLICT (aggregate_type, aggregate_id) DO UPDATE SET last = s.last + 1
      RETURNING last
    )
    INSERT INTO outbox (event_id, type, aggregate_type, aggregate_id, sequence, envelope, delay_ms)
    SELECT ${eventId}::uuid, ${event.type}, ${event.aggregateType}, ${message.aggregateId}, next.last,
           ${JSON.stringify(envelope)}::jsonb || jsonb_build_object('sequence', next.last),
           ${message.delayMs ?? 0}::int
    FROM next`
  return eventId
}

/** What travels, but for its number in the aggregate, which only the database knows. Throws a ZodError for a bad payload. */
export function toEnvelope<P>(event: EventDefinition<P>, message: EventMessage<P>) {
  const context = currentContext()
  return {
    eventId: uuidv7(),
    type: event.type,
    schemaVersion: event.schemaVersion,
    aggregateType: event.aggregateType,
    aggregateId: message.aggregateId,
    occurredAt: new Date().toISOString(),
    correlationId: context.correlationId,
    causationId: context.causationId,
    traceparent: context.traceparent,
    actor: message.actor === undefined ? context.actor : message.actor,
    market: message.market ?? null,
    payload: event.payload.parse(message.payload),
  }
}
