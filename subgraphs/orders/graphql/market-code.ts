/** Whether the text could be a market's code at all; what could not is unknown and never reaches the database. */
export function isMarketCode(text: string): boolean {
  return /^[A-Za-z0-9-]{1,20}$/.test(text)
}
