import { userRegistered } from '#contracts/users.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { emit } from '#platform/outbox/emit.ts'
import { findAccount } from '../data/find-account.ts'
import type { Tx } from '../data/users-database.ts'
import { emailKey } from '../domain/email-address.ts'
import type { Locale } from '../domain/locale.ts'
import type { SecretTokens } from '../security/secret-tokens.ts'
import { insertUser } from '../data/insert-user.ts'
import { notify } from './notify.ts'
import { requestVerification } from './request-verification.ts'

export interface NewAccount {
  email: string
  passwordHash: string
  givenName: string | null
  familyName: string | null
  locale: Locale
}

/**
 * Makes an account, or answers one that is there by a letter: nothing here says which. Until an address is confirmed the
 * newest sign-up counts, and a link installs the password it was mailed for: whoever signs up with somebody else's address
 * first has gained nothing when that person does.
 */
export async function signUp(
  tx: Tx,
  account: NewAccount,
  options: { secretTokens: SecretTokens; mayMail: boolean; now: Date },
): Promise<void> {
  const { passwordHash, ...person } = account
  const { secretTokens, mayMail, now } = options
  const inserted = await insertUser(tx, {
    id: uuidv7(),
    ...person,
    isGuest: false,
    roles: ['CUSTOMER'],
    createdAt: now,
  })
  if (inserted) {
    await tx.credential.create({ data: { userId: inserted.id, passwordHash } })
    await emit(tx, userRegistered, {
      aggregateId: inserted.id,
      payload: { userId: inserted.id, locale: inserted.locale, isGuest: false },
    })
    await requestVerification(tx, { user: inserted, passwordHash, secretTokens, now })
    return
  }
  const known = await findAccount(tx, emailKey(account.email))
  if (!known || !mayMail) return
  if (known.emailVerifiedAt !== null || !known.isActive) {
    await notify(tx, {
      userId: known.id,
      kind: 'ACCOUNT_EXISTS',
      cause: uuidv7(),
      locale: known.locale,
      data: {},
      now,
    })
    return
  }
  const user = await tx.user.update({ where: { id: known.id }, data: person })
  await tx.credential.update({ where: { userId: known.id }, data: { passwordHash } })
  await requestVerification(tx, { user, passwordHash, secretTokens, now })
}
