import { createLocalJWKSet, exportJWK, generateKeyPair } from 'jose'
import { createTokenVerifier, signAccessToken } from '../auth/access-token.ts'
import type { Identity, Role } from '../auth/identity.ts'
import { uuidv7 } from '../ids/uuid.ts'

const audience = { issuer: 'maison', audience: 'maison' }
const keyId = 'test'

/** A person with these roles; a shopper with an account unless told. */
export function testIdentity(
  options: { userId?: string; roles?: readonly Role[]; shopIds?: readonly string[] } = {},
): Identity {
  return {
    userId: options.userId ?? uuidv7(),
    sessionId: uuidv7(),
    roles: options.roles ?? ['CUSTOMER'],
    shopIds: options.shopIds ?? [],
  }
}

/** A key pair of its own, a way to sign in with it and a verifier that trusts it. */
export async function createTestTokens() {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA')
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: keyId, alg: 'EdDSA' }] })
  return {
    verifyToken: createTokenVerifier({ ...audience, keys }),
    sign: async (identity: Identity, lifetimeSeconds = 300) => {
      const signed = await signAccessToken(identity, { ...audience, key: privateKey, keyId, lifetimeSeconds })
      return signed.token
    },
  }
}
