import { userSignedIn } from '#contracts/users.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { emit } from '#platform/outbox/emit.ts'
import type { User } from '../data/generated/client.ts'
import type { Tx } from '../data/users-database.ts'
import { hashToken, type SecretTokens } from '../security/secret-tokens.ts'

const dayMs = 86_400_000
/** A session nobody comes back to. */
const idleMs = 30 * dayMs
/** However often somebody comes back: then the password is asked again. */
const longestMs = 180 * dayMs

/** A session and its newest refresh token; the access token is signed after the commit. */
export interface OpenSession {
  user: User
  sessionId: string
  refreshToken: string
  refreshTokenExpiresAt: Date
}

export async function openSession(
  tx: Tx,
  options: { user: User; device: string | null; secretTokens: SecretTokens; now: Date },
): Promise<OpenSession> {
  const { user, device, now } = options
  const sessionId = uuidv7()
  const refreshToken = options.secretTokens.random()
  const sessionEndsAt = new Date(now.getTime() + longestMs)
  await tx.session.create({
    data: { id: sessionId, userId: user.id, device, createdAt: now, expiresAt: sessionEndsAt },
  })
  const refreshTokenExpiresAt = await keepRefreshToken(tx, {
    id: uuidv7(),
    sessionId,
    sessionEndsAt,
    token: refreshToken,
    now,
  })
  await emit(tx, userSignedIn, {
    aggregateId: user.id,
    payload: { userId: user.id, sessionId, isGuest: user.isGuest },
  })
  return { user, sessionId, refreshToken, refreshTokenExpiresAt }
}

/** Writes the next refresh token of a session; returns when it ends. */
export async function keepRefreshToken(
  tx: Tx,
  next: { id: string; sessionId: string; sessionEndsAt: Date; token: string; now: Date },
): Promise<Date> {
  const expiresAt = new Date(Math.min(next.now.getTime() + idleMs, next.sessionEndsAt.getTime()))
  const { id, sessionId, now } = next
  await tx.refreshToken.create({
    data: { id, sessionId, hash: hashToken(next.token), createdAt: now, expiresAt },
  })
  return expiresAt
}
