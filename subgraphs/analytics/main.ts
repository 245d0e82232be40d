import { runSubgraph } from '#platform/server/run-subgraph.ts'
import { readProcessConfig } from './config.ts'
import { createAnalytics } from './service.ts'

const migrations = new URL('../../prisma/analytics/migrations/', import.meta.url)
await runSubgraph({ name: 'analytics', readConfig: readProcessConfig, create: createAnalytics, migrations })
