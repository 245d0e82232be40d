import { startTestSubgraph } from '#platform/testing/start-test-subgraph.ts'
import { readAnalyticsConfig } from '../config.ts'
import { createAnalytics } from '../service.ts'

export const startAnalytics = () =>
  startTestSubgraph({ name: 'analytics', readConfig: readAnalyticsConfig, create: createAnalytics })

export type TestAnalytics = Awaited<ReturnType<typeof startAnalytics>>
