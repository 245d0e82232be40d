import type { Credential, User } from './generated/client.ts'
import type { Reader } from './users-database.ts'

export type Account = User & { credential: Credential | null }

/** The account of an address; guests are none. */
export function findAccount(reader: Reader, emailKey: string): Promise<Account | null> {
  return reader.user.findFirst({ where: { emailKey, isGuest: false }, include: { credential: true } })
}
