import { createHash } from 'node:crypto'

/** The id of a difference between books: the same for the same thing in the same comparison, whoever finds it when. */
export function differenceId(check: string, subject: string): string {
  const digest = createHash('sha256').update(`${check}\0${subject}`).digest('hex')
  // A UUID of version 8: made by a rule of our own.
  const variant = ((parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-')
}
