import type { z } from 'zod'
import { readConfig } from '#platform/config/read-config.ts'
import { subgraphConfig } from '#platform/server/subgraph-config.ts'

export type AnalyticsConfig = z.infer<typeof subgraphConfig>

/** Throws ConfigError naming every bad variable. */
export function readAnalyticsConfig(env: Record<string, string | undefined>): AnalyticsConfig {
  return readConfig(subgraphConfig, env)
}

/** Reads the environment of this process. */
export function readProcessConfig(): AnalyticsConfig {
  return readAnalyticsConfig(process.env)
}
