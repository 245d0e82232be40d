import { emailVerified, userRegistered, userRoleChanged } from '#contracts/users.ts'
import type { Role } from '#platform/auth/identity.ts'
import type { Database } from '#platform/database/database.ts'
import { emit } from '#platform/outbox/emit.ts'
import { insertUser } from '../data/insert-user.ts'
import type { Tx } from '../data/users-database.ts'
import type { Locale } from '../domain/locale.ts'
import { createPasswords } from '../security/passwords.ts'

export interface Person {
  id: string
  email: string
  password: string
  givenName: string
  familyName: string
  locale: Locale
}

const passwords = createPasswords()

/**
 * Makes an account whose address the house vouches for. Done once for an id: a repetition changes nothing. Throws when
 * the address belongs to another account.
 */
export async function createPerson(
  database: Pick<Database<unknown, Tx>, 'transact'>,
  person: Person & { roles: readonly Role[]; shopIds: readonly string[] },
  now: Date,
): Promise<void> {
  const { password, roles, shopIds, ...user } = person
  const isKnown = await database.transact(async (tx) => (await tx.user.count({ where: { id: user.id } })) > 0)
  if (isKnown) return
  const passwordHash = await passwords.hash(password)
  await database.transact(async (tx) => {
    const inserted = await insertUser(tx, {
      ...user,
      isGuest: false,
      roles: [...roles],
      shopIds: [...shopIds],
      emailVerifiedAt: now,
      createdAt: now,
    })
    if (!inserted) {
      if ((await tx.user.count({ where: { id: user.id } })) > 0) return
      throw new Error('The mail address belongs to another account')
    }
    const { id, locale } = inserted
    await tx.credential.create({ data: { userId: id, passwordHash } })
    await emit(tx, userRegistered, { aggregateId: id, payload: { userId: id, locale, isGuest: false } })
    await emit(tx, emailVerified, { aggregateId: id, payload: { userId: id } })
    await emit(tx, userRoleChanged, {
      aggregateId: id,
      payload: { userId: id, roles: [...roles], shopIds: [...shopIds] },
    })
  })
}
