export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** The encoding that a file's first bytes give away, by its mark or by UTF-16's zero bytes; null when they do not. */
export function detectEncoding(head: Uint8Array): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const length = Math.min(head.length, 200) & ~1
  let even = 0
  let odd = 0
  for (let index = 0; index < length; index += 2) {
    if (head[index] === 0) even += 1
    if (head[index + 1] === 0) odd += 1
  }
  if (length < 4 || even > 0 === odd > 0) return null
  if (odd > length / 4) return 'utf-16le'
  return even > length / 4 ? 'utf-16be' : null
}

/** Whether a file that starts like this is plainly no text: a picture, a workbook, a program. */
export function isBinary(head: Uint8Array): boolean {
  const start = Buffer.from(head.subarray(0, 4)).toString('latin1')
  if (start.startsWith('PK') || start === '%PDF') return true
  if (detectEncoding(head)?.startsWith('utf-16')) return false
  return head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))
}

/** What divides the cells, by the first line: spreadsheets of half of Europe write semicolons. */
export function detectDelimiter(head: string): ',' | ';' | '\t' {
  const [line = ''] = head.replace(/"[^"]*"/g, '').split(/\r|\n/)
  const count = (delimiter: string) => line.split(delimiter).length
  const candidates = [',', ';', '\t'] as const
  return candidates.reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best))
}
