import { z } from 'zod'
import { readConfig } from '#platform/config/read-config.ts'
import { subgraphConfig } from '#platform/server/subgraph-config.ts'

const catalogConfig = subgraphConfig.extend({
  PORT: subgraphConfig.shape.PORT.default(4002),
  IMPORT_POLL_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(1_000)
    .describe('how often a worker looks for imports'),
  DUE_POLL_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(1_000)
    .describe('how often prices and promotions that begin or end are told'),
  UPLOAD_MAX_BYTES: z.coerce.number().int().min(1_000).max(1_000_000_000).default(100_000_000),
})

export type CatalogConfig = z.infer<typeof catalogConfig>

export function readCatalogConfig(env: Record<string, string | undefined> = process.env): CatalogConfig {
  return readConfig(catalogConfig, env)
}
