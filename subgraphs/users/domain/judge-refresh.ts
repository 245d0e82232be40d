/** Two tabs that refresh at once present the same token: for so long the second gets what the first got. */
export const graceMs = 10_000

export interface PresentedToken {
  expiresAt: Date
  usedAt: Date | null
  session: { expiresAt: Date; revokedAt: Date | null }
}

export type RefreshVerdict =
  /** Its first use: exchange it. */
  | 'Rotate'
  /** Exchanged a moment ago: give the same successor once more. */
  | 'Repeat'
  /** Exchanged long ago: somebody else holds a copy, and who is who cannot be told. End the session. */
  | 'Reused'
  | 'Ended'

export function judgeRefresh(token: PresentedToken, now: Date): RefreshVerdict {
  if (token.session.revokedAt !== null || token.session.expiresAt <= now) return 'Ended'
  if (token.usedAt !== null) {
    return now.getTime() - token.usedAt.getTime() <= graceMs ? 'Repeat' : 'Reused'
  }
  return token.expiresAt <= now ? 'Ended' : 'Rotate'
}
