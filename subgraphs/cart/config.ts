import { z } from 'zod'
import { readConfig } from '#platform/config/read-config.ts'
import { subgraphConfig } from '#platform/server/subgraph-config.ts'

const cartConfig = subgraphConfig.extend({
  TOKEN_SECRET: z.string().min(32).describe('what the tokens of anonymous carts are derived from'),
})

export type CartConfig = z.infer<typeof cartConfig>

export function readCartConfig(env: Record<string, string | undefined> = process.env): CartConfig {
  return readConfig(cartConfig, env)
}
