import DataLoader from 'dataloader'
import { isUuid } from '#platform/ids/uuid.ts'
import type { AnalyticsDatabase } from '../data/analytics-database.ts'
import { findLogEntriesById } from '../data/event-log-store.ts'
import type { EventLogEntry } from '../data/generated/client.ts'

export interface Loaders {
  /** Null for an id that is none of ours. */
  logEntry: DataLoader<string, EventLogEntry | null>
}

export function createLoaders({ prisma }: AnalyticsDatabase): Loaders {
  return {
    logEntry: new DataLoader(async (ids: readonly string[]) => {
      const entries = await findLogEntriesById(prisma, ids.filter(isUuid))
      const byId = new Map(entries.map((entry) => [entry.eventId, entry]))
      return ids.map((id) => byId.get(id.toLowerCase()) ?? null)
    }),
  }
}
