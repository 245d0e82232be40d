// The gateway's environment, read once; the only reader of it here.
import { z } from 'zod'
import { readConfig } from '#platform/config/read-config.ts'
import type { BucketSize } from './limits/leaky-bucket.ts'
import { listSubgraphs } from './read-subgraphs.ts'

const port = z.coerce.number().int().min(0).max(65_535)

const bucket = z
  .string()
  .regex(/^[1-9]\d{0,8}\/[1-9]\d{0,8}$/, 'write it as capacity/rate, such as 50000/2500')
  .transform((text) => {
    const [capacity = 0, restoreRate = 0] = text.split('/').map(Number)
    return { capacity, restoreRate }
  })

const schema = z
  .object({
    PORT: port.default(4000).describe('where the house answers'),
    HOST: z.string().default('127.0.0.1').describe('0.0.0.0 to be reachable from outside the machine'),
    GATEWAY_SECRET: z
      .string()
      .min(16)
      .describe('shared with the subgraphs; comma-separated while it is being changed'),
    SUBGRAPH_USERS_URL: z.url().optional(),
    SUBGRAPH_CATALOG_URL: z.url().optional(),
    SUBGRAPH_CART_URL: z.url().optional(),
    SUBGRAPH_ORDERS_URL: z.url().optional(),
    SUBGRAPH_PAYMENTS_URL: z.url().optional(),
    SUBGRAPH_ANALYTICS_URL: z.url().optional(),
    JWKS_URL: z
      .url()
      .optional()
      .describe("the keys that access tokens are signed with; users' own by default"),
    TOKEN_ISSUER: z.string().default('maison'),
    TOKEN_AUDIENCE: z.string().default('maison'),
    PUBLIC_URL: z.url().optional().describe('what browsers see, such as https://maison.example'),
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0).describe('proxies in front of us'),
    SAFELIST: z.enum(['on', 'off']).default('off').describe('on: only registered documents are executed'),
    INTROSPECTION: z.enum(['on', 'off']).optional().describe('off by itself with SAFELIST=on'),
    REDIS_URL: z.url().optional().describe('Redis, redis://host:6379; needed by more than one gateway'),
    REDIS_PREFIX: z.string().default('').describe('before every key in Redis, when houses share one'),
    AMQP_URL: z.url().optional().describe('RabbitMQ, amqp://user:password@host:5672'),
    AMQP_PREFIX: z.string().default('').describe('before every name in the broker, when houses share one'),
    CACHE_MEMORY_MB: z.coerce
      .number()
      .int()
      .min(0)
      .max(16_384)
      .default(64)
      .describe('answers kept in each gateway’s own memory; 0: none are kept, in Redis neither'),
    WORKERS: z.coerce
      .number()
      .int()
      .min(1)
      .max(256)
      .default(1)
      .describe('processes that share the port, one per core; more than one needs REDIS_URL'),
    PERSISTED_DOCUMENTS: z
      .string()
      .optional()
      .describe('files of registered documents, comma-separated; the web app’s own by default'),
    MAX_OPERATION_COST: z.coerce
      .number()
      .int()
      .min(1)
      .default(20_000)
      .describe('what one operation may cost at most, in objects'),
    RATE_LIMIT_USER: bucket
      .prefault('50000/2500')
      .describe('cost a person may spend at once / regains a second'),
    RATE_LIMIT_IP: bucket.prefault('200000/10000').describe('the same for an address'),
    METRICS_PORT: port.optional().describe('where Prometheus reads /metrics; nowhere when not set'),
    OPERATION_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  })
  .refine(({ WORKERS, REDIS_URL }) => WORKERS === 1 || REDIS_URL !== undefined, {
    path: ['WORKERS'],
    message: 'more than one worker needs REDIS_URL, by which they tell each other what changed',
  })

export interface GatewayConfig {
  port: number
  host: string
  gatewaySecret: string
  /** GraphQL address of each subgraph by its name in the supergraph. */
  subgraphUrls: Readonly<Record<string, string>>
  jwksUrl: string
  tokenIssuer: string
  tokenAudience: string
  /** What browsers see; null when only the `Host` header says. */
  publicOrigin: string | null
  /** How many of the last entries of `X-Forwarded-For` our own proxies wrote. */
  trustedProxies: number
  /** Only registered documents are executed. */
  isSafelisted: boolean
  hasIntrospection: boolean
  redis: { url: string; prefix: string } | null
  rabbit: { url: string; prefix: string } | null
  /** Bytes of answers kept in memory; 0 when no answer is kept anywhere. */
  cacheBytes: number
  workers: number
  /** Files of registered documents; null for the web app's own. */
  documentFiles: readonly string[] | null
  maxOperationCost: number
  rateLimit: Record<'user' | 'ip', BucketSize>
  /** Null: metrics are served nowhere. */
  metricsPort: number | null
  /** The whole time one operation gets, subgraphs included. */
  operationTimeoutMs: number
  logLevel: string
}

/** Throws ConfigError naming every bad variable. */
export function readGatewayConfig(env: Record<string, string | undefined>): GatewayConfig {
  const read = readConfig(schema, env)
  const given: Record<string, string | undefined> = {
    users: read.SUBGRAPH_USERS_URL,
    catalog: read.SUBGRAPH_CATALOG_URL,
    cart: read.SUBGRAPH_CART_URL,
    orders: read.SUBGRAPH_ORDERS_URL,
    payments: read.SUBGRAPH_PAYMENTS_URL,
    analytics: read.SUBGRAPH_ANALYTICS_URL,
  }
  const subgraphUrls = Object.fromEntries(listSubgraphs().map(({ name, url }) => [name, given[name] ?? url]))
  const isSafelisted = read.SAFELIST === 'on'
  return {
    port: read.PORT,
    host: read.HOST,
    gatewaySecret: read.GATEWAY_SECRET,
    subgraphUrls,
    jwksUrl: read.JWKS_URL ?? new URL('/.well-known/jwks.json', subgraphUrls.users).href,
    tokenIssuer: read.TOKEN_ISSUER,
    tokenAudience: read.TOKEN_AUDIENCE,
    publicOrigin: read.PUBLIC_URL === undefined ? null : new URL(read.PUBLIC_URL).origin,
    trustedProxies: read.TRUSTED_PROXIES,
    isSafelisted,
    hasIntrospection: read.INTROSPECTION === undefined ? !isSafelisted : read.INTROSPECTION === 'on',
    redis: read.REDIS_URL === undefined ? null : { url: read.REDIS_URL, prefix: read.REDIS_PREFIX },
    rabbit: read.AMQP_URL === undefined ? null : { url: read.AMQP_URL, prefix: read.AMQP_PREFIX },
    cacheBytes: read.CACHE_MEMORY_MB * 1024 * 1024,
    workers: read.WORKERS,
    documentFiles: read.PERSISTED_DOCUMENTS?.split(',').map((file) => file.trim()) ?? null,
    maxOperationCost: read.MAX_OPERATION_COST,
    rateLimit: { user: read.RATE_LIMIT_USER, ip: read.RATE_LIMIT_IP },
    metricsPort: read.METRICS_PORT ?? null,
    operationTimeoutMs: read.OPERATION_TIMEOUT_MS,
    logLevel: read.LOG_LEVEL,
  }
}

/** Reads the environment of this process. */
export function readProcessConfig(): GatewayConfig {
  return readGatewayConfig(process.env)
}

/** Apollo's gateway tells its maker of itself every hour unless this variable says no; it is no one's business. */
export function keepApolloSilent(): void {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
}
