import { lockRefreshToken } from '../data/lock-refresh-token.ts'
import type { Tx } from '../data/users-database.ts'

/** Ends the session of a refresh token, also of one that was exchanged already. An unknown token ends nothing. */
export async function signOut(tx: Tx, token: string, now: Date): Promise<void> {
  const presented = await lockRefreshToken(tx, token)
  if (!presented || presented.session.revokedAt !== null) return
  await tx.session.update({ where: { id: presented.sessionId }, data: { revokedAt: now } })
}
