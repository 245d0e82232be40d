const mostCharacters = 254
// One plain address with a domain of two labels or more: no display name, no list, no quoting, no control character.
const address =
  /^[^\s\p{C}@<>()[\]\\,;:"]{1,64}@[^\s\p{C}@<>()[\]\\,;:".]+(?:\.[^\s\p{C}@<>()[\]\\,;:".]+)+$/u

/** Whether mail could go there; only the mail itself shows whether it does. */
export function isEmailAddress(text: string): boolean {
  return text.length <= mostCharacters && text.isWellFormed() && address.test(text)
}

/** What all spellings of one address have in common. Aliases (`+tag`, dots) are left alone: whose they are is not ours to guess. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase()
}
