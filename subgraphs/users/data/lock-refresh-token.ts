import { hashToken } from '../security/secret-tokens.ts'
import type { RefreshToken, Session, User } from './generated/client.ts'
import type { Tx } from './users-database.ts'

export type RefreshTokenWithSession = RefreshToken & { session: Session & { user: User } }

/**
 * The row of a refresh token, its session locked until the commit, so that of two uses one comes first. The session and
 * not the token is locked: ending a session and exchanging its token must not pass each other.
 */
export async function lockRefreshToken(tx: Tx, token: string): Promise<RefreshTokenWithSession | null> {
  const hash = hashToken(token)
  await tx.$queryRaw`
    SELECT s.id FROM sessions s JOIN refresh_tokens t ON t.session_id = s.id WHERE t.hash = ${hash} FOR UPDATE OF s`
  return await tx.refreshToken.findUnique({
    where: { hash },
    include: { session: { include: { user: true } } },
  })
}
