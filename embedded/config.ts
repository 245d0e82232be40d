import { z } from 'zod'
import { readConfig } from '#platform/config/read-config.ts'
import { partsConfig } from '#platform/server/parts.ts'

const houseConfig = partsConfig.extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000).describe('where the house listens'),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url().optional().describe('the address that links in mails begin with'),
  POSTGRES_URL: z.url().optional().describe('a PostgreSQL server for the six databases'),
  STRIPE_SECRET_KEY: z.string().optional().describe('pays with Stripe instead of the sandbox'),
  DEMO_PICTURES: z
    .enum(['all', 'first', 'none'])
    .default('all')
    .describe('how many pictures of the demo are drawn: all take minutes of one core'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
})

export type HouseConfig = z.infer<typeof houseConfig>

/** The whole environment, and what the house itself reads of it; the rest is for the parts' own configuration. */
export function readHouseConfig(env: Record<string, string | undefined> = process.env): {
  config: HouseConfig
  env: Record<string, string | undefined>
} {
  return { config: readConfig(houseConfig, env), env }
}

/**
 * The environment for building the web app. By `NODE_ENV` React chooses between its build for production and one for
 * development that is half as fast.
 */
export function productionEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_ENV: 'production' }
}

/** The same for this process, unless told otherwise; before anything imports React. */
export function runInProduction(): void {
  process.env.NODE_ENV ??= 'production'
}
