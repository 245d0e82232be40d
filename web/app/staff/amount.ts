/** How many digits stand after the point in a decimal of the API: `19.99` → 2, `1999` → 0. */
export function digitsOf(amount: string): number {
  return amount.split('.')[1]?.length ?? 0
}

/**
 * What somebody typed as minor units: `20`, `20.5` and `20,50` are 2000, 2050 and 2050 with two digits. Null for anything
 * that is not plainly an amount of this currency.
 */
export function parseAmount(text: string, digits: number): bigint | null {
  const match = /^(\d{1,12})(?:[.,](\d*))?$/.exec(text.trim())
  if (match === null) return null
  const [, whole = '0', fraction = ''] = match
  if (fraction.length > digits) return null
  return BigInt(whole + fraction.padEnd(digits, '0'))
}

/** Minor units as the decimal the API would write: 2050 → `20.50`, -5 → `-0.05`. */
export function toAmount(minor: bigint, digits: number): string {
  const sign = minor < 0n ? '-' : ''
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0')
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}
