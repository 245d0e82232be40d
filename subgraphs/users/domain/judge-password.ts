import { emailKey } from './email-address.ts'
import { widelyKnownPasswords } from './widely-known-passwords.ts'

const least = 8
const most = 128

export type PasswordVerdict = { kind: 'Good' } | { kind: 'WeakPasswordError'; message: string }

/** Length counts and being unguessed counts; rules about kinds of characters make passwords worse and are left out. */
export function judgePassword(password: string, email: string): PasswordVerdict {
  // A hundred thousand code points would only be counted to be refused.
  const length = password.length > 4 * most ? Infinity : [...password].length
  if (length < least)
    return weak(`Use ${least} characters or more. A few words in a row are easy to remember.`)
  if (length > most) return weak(`Use ${most} characters or fewer.`)
  if (!password.isWellFormed()) return weak('This password holds half a character. Type it again.')
  const folded = normalisePassword(password).toLowerCase()
  if (widelyKnownPasswords.has(folded) || new Set(folded).size < 3) {
    return weak('This password is among the first that are tried. Choose one that only you would think of.')
  }
  const key = emailKey(email)
  if (folded === key || folded === key.split('@')[0]) {
    return weak('Your mail address is the first thing that is tried. Choose another password.')
  }
  return { kind: 'Good' }
}

/** The same password from every keyboard: a letter and its accent may come as one character or as two. */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC')
}

function weak(message: string): PasswordVerdict {
  return { kind: 'WeakPasswordError', message }
}
