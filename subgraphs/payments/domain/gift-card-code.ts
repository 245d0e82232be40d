// Crockford's base 32: no letter is mistaken for a digit.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const randomCharacters = 15

/** How many random bytes a code is made of. */
export const giftCardRandomBytes = randomCharacters

/**
 * A code of fifteen random characters (75 bits, beyond guessing) and one that finds a slip of the finger, in four groups.
 * `random` are unguessable bytes, each used for one character.
 */
export function makeGiftCardCode(random: Uint8Array): string {
  if (random.length !== giftCardRandomBytes) throw new RangeError('a code needs 15 random bytes')
  // 256 is a multiple of 32, so that every character is equally likely.
  const body = Array.from(random, (byte) => alphabet.charAt(byte % 32)).join('')
  return `${body}${checkOf(body)}`.replace(/(.{4})(?=.)/g, '$1-')
}

/** The code as it is kept, whatever hyphens, spaces and look-alikes it was typed with; null when it can't be one. */
export function normalizeGiftCardCode(typed: string): string | null {
  if (typed.length > 64) return null
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0')
  if (!/^[0-9A-HJKMNP-TV-Z]{16}$/.test(code)) return null
  return checkOf(code.slice(0, randomCharacters)) === code.charAt(randomCharacters) ? code : null
}

/** Luhn's algorithm in base 32: finds every wrong character and every two neighbours that changed places but for 0 and Z. */
function checkOf(body: string): string {
  let sum = 0
  for (const [index, character] of [...body].reverse().entries()) {
    const doubled = alphabet.indexOf(character) * (index % 2 === 0 ? 2 : 1)
    sum += Math.floor(doubled / 32) + (doubled % 32)
  }
  return alphabet.charAt((32 - (sum % 32)) % 32)
}
