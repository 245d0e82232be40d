import { createPrivateKey } from 'node:crypto'
import { z } from 'zod'
import { readConfig } from '#platform/config/read-config.ts'
import { subgraphConfig } from '#platform/server/subgraph-config.ts'

const privateJwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  kid: z.string().min(1),
  x: z.string(),
  d: z.string(),
})

function isPrivateJwk(text: string): boolean {
  try {
    createPrivateKey({ key: privateJwk.parse(JSON.parse(text)), format: 'jwk' })
    return true
  } catch {
    return false
  }
}

const usersConfig = subgraphConfig.extend({
  PUBLIC_URL: z.url().describe('where people reach the house, for the links in letters'),
  TOKEN_SECRET: z.string().min(32).describe('what links and refresh tokens are derived from'),
  JWT_PRIVATE_JWK: z
    .string()
    .refine(isPrivateJwk, 'must be the JSON of a private Ed25519 JWK with a kid')
    .describe('signs access tokens'),
})

export type UsersConfig = z.infer<typeof usersConfig>
export type PrivateJwk = z.infer<typeof privateJwk>

export function readUsersConfig(env: Record<string, string | undefined> = process.env): UsersConfig {
  return readConfig(usersConfig, env)
}

/** The signing key of a configuration that was read. */
export function signingKeyOf(config: UsersConfig): PrivateJwk {
  return privateJwk.parse(JSON.parse(config.JWT_PRIVATE_JWK))
}
