// The gateway's environment, read once; the only reader of it here.
import { z } from 'zod'
import { readConfig } from '#platform/config/read-config.ts'
import { listSubgraphs } from './read-subgraphs.ts'

const port = z.coerce.number().int().min(0).max(65_535)

const schema = z.object({
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
  JWKS_URL: z.url().optional().describe("the keys that access tokens are signed with; users' own by default"),
  TOKEN_ISSUER: z.string().default('maison'),
  TOKEN_AUDIENCE: z.string().default('maison'),
  PUBLIC_URL: z.url().optional().describe('what browsers see, such as https://maison.example'),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0).describe('proxies in front of us'),
  SAFELIST: z.enum(['on', 'off']).default('off').describe('on: only registered documents are executed'),
  INTROSPECTION: z.enum(['on', 'off']).optional().describe('off by itself with SAFELIST=on'),
  OPERATION_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
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
    operationTimeoutMs: read.OPERATION_TIMEOUT_MS,
    logLevel: read.LOG_LEVEL,
  }
}

/** Reads the environment of this process. */
export function readProcessConfig(): GatewayConfig {
  return readGatewayConfig(process.env)
}
