import { z } from 'zod'
import { partsConfig } from './parts.ts'

/** The variables that every subgraph's process reads; a subgraph's own `config.ts` extends them. */
export const subgraphConfig = partsConfig.extend({
  PORT: z.coerce.number().int().min(0).max(65_535).describe('where the subgraph listens'),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.url().describe('the subgraph’s own PostgreSQL database'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(10),
  GATEWAY_SECRET: z.string().min(16).describe('shared with the gateway; comma-separated while it rotates'),
  JWKS_URL: z.url().describe('the public keys of users, http://users/.well-known/jwks.json'),
  TOKEN_ISSUER: z.string().default('maison'),
  TOKEN_AUDIENCE: z.string().default('maison'),
})

export type SubgraphConfig = z.infer<typeof subgraphConfig>
