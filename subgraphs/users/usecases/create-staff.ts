import type { Role } from '#platform/auth/identity.ts'
import type { Database } from '#platform/database/database.ts'
import type { Tx } from '../data/users-database.ts'
import { createPerson, type Person } from './create-person.ts'

export type StaffRole = Exclude<Role, 'CUSTOMER' | 'GUEST'>

/** Makes an account for somebody who works for the house. Repeating it for the same id changes nothing. */
export function createStaff(
  database: Pick<Database<unknown, Tx>, 'transact'>,
  /** `shopIds` are the boutiques the roles are limited to; none means all. */
  person: Person & { roles: readonly StaffRole[]; shopIds: readonly string[] },
  now = new Date(),
): Promise<void> {
  return createPerson(database, person, now)
}
