import { badInput } from '#platform/errors/errors.ts'
import { decodeCursor, parsePage, toConnection } from '#platform/graphql/connection.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type { GraphQLContext } from '#platform/server/subgraph.ts'
import type { AnalyticsDatabase } from '../data/analytics-database.ts'
import { type EventLogFilter, type EventLogPosition, findLogEntries } from '../data/event-log-store.ts'
import type { EventLogEntry as Entry } from '../data/generated/client.ts'
import type { Loaders } from './loaders.ts'

interface EventLogArguments {
  filter?: EventLogFilter | null
  first?: number | null
  after?: string | null
}

export function createEventLogQuery({ prisma }: AnalyticsDatabase) {
  return async (_: unknown, { filter, first, after }: EventLogArguments) => {
    const { limit } = parsePage({ first: first ?? 50, after: after ?? null }, { cursorParts: 2 })
    for (const [name, value] of Object.entries(filter ?? {})) {
      // What PostgreSQL cannot even compare with; nothing in the log looks like it.
      if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) {
        throw badInput('No event has such a text.', { argument: `filter.${name}` })
      }
    }
    const entries = await findLogEntries(prisma, {
      filter: filter ?? {},
      after: after == null ? null : parsePosition(after),
      limit: limit + 1,
    })
    return toConnection(entries, limit, ({ occurredAt, eventId }) => [occurredAt.toISOString(), eventId])
  }
}

export const eventLogEntry = {
  __resolveReference: ({ id }: { id: string }, context: GraphQLContext<Loaders>) =>
    context.loaders.logEntry.load(id),
  id: ({ eventId }: Entry) => eventId,
  // Int by the schema; an aggregate with two thousand million events is not ours.
  sequence: ({ sequence }: Entry) => Number(sequence),
}

function parsePosition(cursor: string): EventLogPosition {
  const [at, eventId] = decodeCursor(cursor, 2)
  const occurredAt = new Date(String(at))
  if (Number.isNaN(occurredAt.getTime()) || typeof eventId !== 'string' || !isUuid(eventId)) {
    throw badInput('This cursor is not valid.', { argument: 'after' })
  }
  return { occurredAt, eventId }
}
