import type { Database } from '#platform/database/database.ts'
import type { Tx } from '../data/users-database.ts'
import { createPerson, type Person } from './create-person.ts'

/** Makes a customer's account with a confirmed address. Repeating it for the same id changes nothing. */
export function createCustomer(
  database: Pick<Database<unknown, Tx>, 'transact'>,
  person: Person,
  now = new Date(),
): Promise<void> {
  return createPerson(database, { ...person, roles: ['CUSTOMER'], shopIds: [] }, now)
}
