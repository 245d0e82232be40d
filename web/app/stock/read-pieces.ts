/** A number of pieces as typed; null for anything else. */
export function readPieces(text: string): number | null {
  return /^\d{1,5}$/.test(text) ? Number(text) : null
}

/** Serial numbers as typed: one per line, or with commas between. */
export function readSerials(text: string): string[] {
  return text
    .split(/[\n,;]/)
    .map((serial) => serial.trim())
    .filter((serial) => serial !== '')
}
