/** Anything else is no market, and some of it PostgreSQL refuses to look for. */
export function isMarketCode(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,32}$/.test(text)
}
