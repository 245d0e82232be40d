import { createHash } from 'node:crypto'
import { type CryptoKey, createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey, SignJWT } from 'jose'
import { z } from 'zod'
import { unauthenticated } from '../errors/errors.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import { type Identity, roles } from './identity.ts'

const algorithm = 'EdDSA'
const tokenType = 'at+jwt'

const claims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  roles: z.array(z.enum(roles)),
  shops: z.array(z.string()),
  exp: z.number(),
})

interface Audience {
  issuer: string
  audience: string
}

/** Signs a JWT access token that lives `lifetimeSeconds` from the clock's now. `keyId` names the key in the JWKS. */
export async function signAccessToken(
  identity: Identity,
  options: Audience & { key: CryptoKey; keyId: string; lifetimeSeconds: number; clock?: Clock },
): Promise<{ token: string; expiresAt: Date }> {
  const now = (options.clock ?? systemClock).now()
  const expiresAt = new Date(now.getTime() + options.lifetimeSeconds * 1000)
  const token = await new SignJWT({
    sid: identity.sessionId,
    roles: identity.roles,
    shops: identity.shopIds,
  })
    .setProtectedHeader({ alg: algorithm, typ: tokenType, kid: options.keyId })
    .setSubject(identity.userId)
    .setIssuer(options.issuer)
    .setAudience(options.audience)
    .setIssuedAt(now)
    .setExpirationTime(expiresAt)
    .sign(options.key)
  return { token, expiresAt }
}

/** Resolves to who asks; rejects with UNAUTHENTICATED and `extensions.reason` `EXPIRED` or `INVALID`. */
export type TokenVerifier = (token: string) => Promise<Identity>

/** Verification costs 60–120 µs, a token is used for minutes: so many verdicts are kept, by the token's hash. */
const cachedTokens = 10_000

/**
 * Verifies access tokens against the keys that users publishes. Algorithm and type are pinned: a token signed in any
 * other way is invalid, whatever its header says. A key server that does not answer is not the caller's fault: that
 * error passes through.
 */
export function createTokenVerifier(
  options: Audience & { keys: JWTVerifyGetKey | URL; clock?: Clock },
): TokenVerifier {
  const { issuer, audience, clock = systemClock } = options
  const keys =
    options.keys instanceof URL ? createRemoteJWKSet(options.keys, { cooldownDuration: 1_000 }) : options.keys
  const known = new Map<string, { identity: Identity; expiresAtMs: number }>()

  async function verify(token: string): Promise<{ identity: Identity; expiresAtMs: number }> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: [algorithm],
        typ: tokenType,
        currentDate: clock.now(),
        clockTolerance: 5,
      })
      const { sub, sid, roles, shops, exp } = claims.parse(payload)
      return { identity: { userId: sub, sessionId: sid, roles, shopIds: shops }, expiresAtMs: exp * 1000 }
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw expired()
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) throw invalid()
      if (error instanceof z.ZodError) throw invalid()
      throw error
    }
  }

  return async (token) => {
    if (token.length > 4_096) throw invalid()
    const hash = createHash('sha256').update(token).digest('base64url')
    const cached = known.get(hash)
    if (cached) {
      if (cached.expiresAtMs <= clock.now().getTime()) throw expired()
      return cached.identity
    }
    const verified = await verify(token)
    if (known.size >= cachedTokens) known.delete(known.keys().next().value ?? '')
    known.set(hash, verified)
    return verified.identity
  }
}

const expired = () => unauthenticated('Your session has ended.', { reason: 'EXPIRED' })
const invalid = () => unauthenticated('This access token is not valid.', { reason: 'INVALID' })
