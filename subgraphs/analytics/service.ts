import type { Parts } from '#platform/server/parts.ts'
import type { Subgraph } from '#platform/server/subgraph.ts'
import type { AnalyticsConfig } from './config.ts'
import { onAnyEvent } from './consumers/on-any-event.ts'
import { openAnalyticsDatabase, type Tx } from './data/analytics-database.ts'
import { createEventLogQuery, eventLogEntry } from './graphql/event-log.ts'
import { createLoaders, type Loaders } from './graphql/loaders.ts'
import { createSalesQuery, createTopProductsQuery } from './graphql/sales.ts'
import { rebuildFacts } from './usecases/rebuild-facts.ts'

const dayMs = 86_400_000

/** Composes analytics: what happened in the house. Fed only by events; changes nothing anywhere else. */
export function createAnalytics(config: AnalyticsConfig, parts: Parts): Subgraph<Tx, Loaders> {
  const database = openAnalyticsDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL,
    log: parts.log,
  })
  return {
    name: 'analytics',
    schemaFile: new URL('schema.graphql', import.meta.url),
    resolvers: {
      Query: {
        sales: createSalesQuery(database),
        topProducts: createTopProductsQuery(database),
        eventLog: createEventLogQuery(database),
      },
      EventLogEntry: eventLogEntry,
    },
    createLoaders: () => createLoaders(database),
    consumers: [onAnyEvent],
    jobs: [
      {
        name: 'rebuild-facts',
        everyMs: dayMs,
        run: async () => {
          const sales = await rebuildFacts(database)
          parts.log.info({ sales }, 'the figures were made again from the event log')
        },
      },
    ],
    database,
  }
}
