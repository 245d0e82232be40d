import type { Envelope } from '#platform/events/envelope.ts'
import type { Reader, Tx } from './analytics-database.ts'
import type { EventLogEntry } from './generated/client.ts'

export interface EventLogFilter {
  type?: string | null
  aggregateId?: string | null
  correlationId?: string | null
}

/** Position of an entry in the log: newest first, the event's id where two happened at once. */
export interface EventLogPosition {
  occurredAt: Date
  eventId: string
}

/** Writes the events into the log. One that is there already stays as it is. */
export async function insertLogEntries(tx: Tx, events: readonly Envelope[]): Promise<void> {
  const column = <T>(of: (event: Envelope) => T): T[] => events.map(of)
  await tx.$executeRaw`
    INSERT INTO event_log (event_id, type, schema_version, aggregate_type, aggregate_id, sequence, occurred_at,
                           correlation_id, causation_id, actor, market, payload)
    SELECT event_id, type, schema_version, aggregate_type, aggregate_id, sequence, occurred_at,
           correlation_id, causation_id, actor, market, payload::json
      FROM unnest(${column(({ eventId }) => eventId)}::uuid[], ${column(({ type }) => type)}::text[],
                  ${column(({ schemaVersion }) => schemaVersion)}::int[],
                  ${column(({ aggregateType }) => aggregateType)}::text[],
                  ${column(({ aggregateId }) => aggregateId)}::text[],
                  ${column(({ sequence }) => sequence)}::bigint[],
                  ${column(({ occurredAt }) => occurredAt)}::timestamptz[],
                  ${column(({ correlationId }) => correlationId)}::text[],
                  ${column(({ causationId }) => causationId)}::text[],
                  ${column(({ actor }) => describeActor(actor))}::text[], ${column(({ market }) => market)}::text[],
                  ${column(({ payload }) => JSON.stringify(payload))}::text[])
           AS event (event_id, type, schema_version, aggregate_type, aggregate_id, sequence, occurred_at,
                     correlation_id, causation_id, actor, market, payload)
    ON CONFLICT (event_id) DO NOTHING`
}

/** At most `limit` entries behind `after`, newest first. */
export function findLogEntries(
  reader: Reader,
  page: { filter: EventLogFilter; after: EventLogPosition | null; limit: number },
): Promise<EventLogEntry[]> {
  const { filter, after, limit } = page
  return reader.eventLogEntry.findMany({
    where: {
      ...(filter.type != null && { type: filter.type }),
      ...(filter.aggregateId != null && { aggregateId: filter.aggregateId }),
      ...(filter.correlationId != null && { correlationId: filter.correlationId }),
      ...(after && {
        // The first condition says nothing new and lets PostgreSQL begin at the right place of the index.
        occurredAt: { lte: after.occurredAt },
        OR: [
          { occurredAt: { lt: after.occurredAt } },
          { occurredAt: after.occurredAt, eventId: { lt: after.eventId } },
        ],
      }),
    },
    orderBy: [{ occurredAt: 'desc' }, { eventId: 'desc' }],
    take: limit,
  })
}

export function findLogEntriesById(reader: Reader, ids: readonly string[]): Promise<EventLogEntry[]> {
  return reader.eventLogEntry.findMany({ where: { eventId: { in: [...ids] } } })
}

/** When the newest event happened; null before the first. */
export async function findNewestEventTime(reader: Reader): Promise<Date | null> {
  const newest = await reader.eventLogEntry.findFirst({
    orderBy: [{ occurredAt: 'desc' }, { eventId: 'desc' }],
    select: { occurredAt: true },
  })
  return newest?.occurredAt ?? null
}

function describeActor(actor: Envelope['actor']): string {
  return actor === null || actor.type === 'system' ? 'system' : `${actor.type}:${actor.id}`
}
