/** A code as the house keeps it: `ma-ison 10` is `MAISON10`. Null when no code of the house could be meant. */
export function normalizeVoucherCode(text: string): string | null {
  const code = text
    .slice(0, 100)
    .normalize('NFKC')
    .replace(/[\s\p{Dash}]/gu, '')
    .toUpperCase()
  return /^[A-Z0-9]{3,40}$/.test(code) ? code : null
}

// Without 0 O 1 I L U: nobody has to ask which one it is, and no code spells a word by accident.
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const randomLetters = 14

/** A code nobody guesses: 14 letters of 30 are 68 bits. `random` gives whole numbers below its argument. */
export function randomVoucherCode(prefix: string, random: (below: number) => number): string {
  return Array.from({ length: randomLetters }, () => alphabet[random(alphabet.length)]).reduce(
    (code: string, letter) => code + (letter ?? ''),
    prefix,
  )
}
