import { emailKey } from '../domain/email-address.ts'
import type { Prisma, User } from './generated/client.ts'
import type { Tx } from './users-database.ts'

/** Writes a new user; null when the id or, for an account, the address is taken already, also by somebody who is just writing. */
export async function insertUser(
  tx: Tx,
  user: Omit<Prisma.UserCreateManyInput, 'emailKey'>,
): Promise<User | null> {
  const [inserted] = await tx.user.createManyAndReturn({
    data: { ...user, emailKey: emailKey(user.email) },
    skipDuplicates: true,
  })
  return inserted ?? null
}
