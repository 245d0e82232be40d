import { uuidv7 } from '#platform/ids/uuid.ts'
import { lockRefreshToken, type RefreshTokenWithSession } from '../data/lock-refresh-token.ts'
import type { Tx } from '../data/users-database.ts'
import { judgeRefresh } from '../domain/judge-refresh.ts'
import { hashToken, type SecretTokens } from '../security/secret-tokens.ts'
import { keepRefreshToken, type OpenSession } from './open-session.ts'

/**
 * Exchanges a refresh token for its successor; null when the session has ended. A token used again within the grace gets
 * the very same successor, so that two tabs stay on one chain; used again later it ends the session, and with it whoever
 * holds the other copy.
 */
export async function refreshSession(
  tx: Tx,
  token: string,
  options: { secretTokens: SecretTokens; now: Date },
): Promise<OpenSession | null> {
  const { now } = options
  const presented = await lockRefreshToken(tx, token)
  if (!presented?.session.user.isActive) return null
  switch (judgeRefresh(presented, now)) {
    case 'Rotate':
      return await rotate(tx, presented, token, options)
    case 'Repeat':
      return await repeat(tx, presented, token, options.secretTokens)
    case 'Reused':
      await tx.session.update({ where: { id: presented.sessionId }, data: { revokedAt: now } })
      return null
    case 'Ended':
      return null
  }
}

async function rotate(
  tx: Tx,
  presented: RefreshTokenWithSession,
  token: string,
  { secretTokens, now }: { secretTokens: SecretTokens; now: Date },
): Promise<OpenSession> {
  const refreshToken = secretTokens.successorOf(token, presented.id)
  await tx.refreshToken.update({ where: { id: presented.id }, data: { usedAt: now } })
  const refreshTokenExpiresAt = await keepRefreshToken(tx, {
    id: uuidv7(),
    sessionId: presented.sessionId,
    sessionEndsAt: presented.session.expiresAt,
    token: refreshToken,
    now,
  })
  return {
    user: presented.session.user,
    sessionId: presented.sessionId,
    refreshToken,
    refreshTokenExpiresAt,
  }
}

async function repeat(
  tx: Tx,
  presented: RefreshTokenWithSession,
  token: string,
  secretTokens: SecretTokens,
): Promise<OpenSession | null> {
  const refreshToken = secretTokens.successorOf(token, presented.id)
  const successor = await tx.refreshToken.findUnique({ where: { hash: hashToken(refreshToken) } })
  // Made with a secret that has been exchanged since: this tab signs in again, the other one goes on.
  if (!successor) return null
  return {
    user: presented.session.user,
    sessionId: presented.sessionId,
    refreshToken,
    refreshTokenExpiresAt: successor.expiresAt,
  }
}
