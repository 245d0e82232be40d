import { emailVerified } from '#contracts/users.ts'
import { emit } from '#platform/outbox/emit.ts'
import type { User } from '../data/generated/client.ts'
import type { Tx } from '../data/users-database.ts'
import { hashToken, type SecretTokens } from '../security/secret-tokens.ts'
import { openSession, type OpenSession } from './open-session.ts'

/** Confirms the address by the token of a mailed link and signs in; null for an unknown, used or old token. */
export async function verifyEmail(
  tx: Tx,
  token: string,
  options: { secretTokens: SecretTokens; now: Date },
): Promise<OpenSession | null> {
  const { now } = options
  const user = await redeem(tx, token, now)
  if (!user) return null
  await emit(tx, emailVerified, { aggregateId: user.id, payload: { userId: user.id } })
  return await openSession(tx, { user, device: null, ...options })
}

async function redeem(tx: Tx, token: string, now: Date): Promise<User | null> {
  // One conditional statement: of two who follow the link at once, one is first.
  const [redeemed] = await tx.oneTimeToken.updateManyAndReturn({
    where: {
      hash: hashToken(token),
      purpose: 'EMAIL_VERIFY',
      usedAt: null,
      expiresAt: { gt: now },
      user: { isActive: true },
    },
    data: { usedAt: now },
  })
  if (!redeemed) return null
  const { userId, passwordHash } = redeemed
  // The links of other sign-ups with this address: none of their passwords may come later.
  await tx.oneTimeToken.updateMany({
    where: { userId, purpose: 'EMAIL_VERIFY', usedAt: null },
    data: { usedAt: now },
  })
  if (passwordHash !== null) await tx.credential.update({ where: { userId }, data: { passwordHash } })
  return await tx.user.update({ where: { id: userId }, data: { emailVerifiedAt: now } })
}
