import { emailVerificationRequested } from '#contracts/users.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { emit } from '#platform/outbox/emit.ts'
import type { User } from '../data/generated/client.ts'
import type { Tx } from '../data/users-database.ts'
import { hashToken, type SecretTokens } from '../security/secret-tokens.ts'

const lifetimeMs = 86_400_000

/** Makes a link that confirms the address and installs this password; the letter follows from the event. */
export async function requestVerification(
  tx: Tx,
  options: { user: User; passwordHash: string; secretTokens: SecretTokens; now: Date },
): Promise<void> {
  const { user, passwordHash, secretTokens, now } = options
  const id = uuidv7()
  await tx.oneTimeToken.create({
    data: {
      id,
      userId: user.id,
      purpose: 'EMAIL_VERIFY',
      hash: hashToken(secretTokens.ofLink(id)),
      passwordHash,
      createdAt: now,
      expiresAt: new Date(now.getTime() + lifetimeMs),
    },
  })
  await emit(tx, emailVerificationRequested, {
    aggregateId: user.id,
    payload: { userId: user.id, tokenId: id, locale: user.locale },
  })
}
