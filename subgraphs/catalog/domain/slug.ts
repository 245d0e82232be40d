/**
 * A text as a part of an address or as a code: small letters and digits of any script, divided by single hyphens, at
 * most `max` code points. Empty when the text has neither letters nor digits.
 */
export function toSlug(text: string, max = 120): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/['’ʼ]/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
  return [...words.join('-')].slice(0, max).join('').replace(/-$/, '')
}
