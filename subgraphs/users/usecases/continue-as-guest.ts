import { userRegistered } from '#contracts/users.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { emit } from '#platform/outbox/emit.ts'
import { insertUser } from '../data/insert-user.ts'
import type { Tx } from '../data/users-database.ts'
import type { Locale } from '../domain/locale.ts'
import type { SecretTokens } from '../security/secret-tokens.ts'
import { openSession, type OpenSession } from './open-session.ts'

/** Makes a guest, always a new one: whoever types an address has not shown that it is theirs. */
export async function continueAsGuest(
  tx: Tx,
  guest: { email: string; givenName: string | null; familyName: string | null; locale: Locale },
  options: { secretTokens: SecretTokens; now: Date },
): Promise<OpenSession> {
  const user = await insertUser(tx, {
    id: uuidv7(),
    ...guest,
    isGuest: true,
    roles: ['GUEST'],
    createdAt: options.now,
  })
  if (!user) throw new Error('A new id is taken')
  await emit(tx, userRegistered, {
    aggregateId: user.id,
    payload: { userId: user.id, locale: user.locale, isGuest: true },
  })
  return await openSession(tx, { user, device: null, ...options })
}
