import { nameUuid } from '#platform/ids/name-uuid.ts'

/** The id of a difference between books: the same for the same thing in the same comparison, whoever finds it when. */
export function differenceId(check: string, subject: string): string {
  return nameUuid(`${check}\0${subject}`)
}
