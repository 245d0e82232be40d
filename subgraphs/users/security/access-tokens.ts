import { type CryptoKey, importJWK } from 'jose'
import { signAccessToken } from '#platform/auth/access-token.ts'
import type { Identity } from '#platform/auth/identity.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { PrivateJwk } from '../config.ts'

/** Roles that were taken away still work for so long where the event about it did not arrive. */
const lifetimeSeconds = 300

export type SignAccessToken = (identity: Identity) => Promise<{ token: string; expiresAt: Date }>

export function createAccessTokens(options: {
  jwk: PrivateJwk
  issuer: string
  audience: string
  clock: Clock
}): SignAccessToken {
  const { jwk, ...signing } = options
  let key: Promise<CryptoKey> | undefined

  async function importKey(): Promise<CryptoKey> {
    const imported = await importJWK(jwk, 'EdDSA')
    if (imported instanceof Uint8Array) throw new TypeError('A symmetric key cannot sign access tokens')
    return imported
  }

  return async (identity) => {
    key ??= importKey()
    return signAccessToken(identity, { ...signing, key: await key, keyId: jwk.kid, lifetimeSeconds })
  }
}
