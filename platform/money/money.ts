// Exact money: whole minor units of one currency. Nothing here rounds; what must be rounded goes through
// `divideRounded` first. Adding euros to yen is a bug of ours and throws TypeError.
import { badInput } from '../errors/errors.ts'
import { type CurrencyCode, exponentOf } from './currencies.ts'

export interface Money {
  readonly currency: CurrencyCode
  readonly minorUnits: bigint
}

// A PostgreSQL bigint, where every amount ends.
const LARGEST = 2n ** 63n - 1n

export function money(currency: CurrencyCode, minorUnits: bigint): Money {
  return { currency, minorUnits }
}

function sameCurrency(a: Money, b: Money): CurrencyCode {
  if (a.currency !== b.currency) throw new TypeError(`${a.currency} and ${b.currency} cannot be combined`)
  return a.currency
}

function toInteger(value: number | bigint): bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new RangeError('Money is multiplied and divided by integers only')
  }
  return BigInt(value)
}

export function add(a: Money, b: Money): Money {
  return money(sameCurrency(a, b), a.minorUnits + b.minorUnits)
}

export function subtract(a: Money, b: Money): Money {
  return money(sameCurrency(a, b), a.minorUnits - b.minorUnits)
}

/** Throws RangeError when the factor is not an integer: a share or a rate needs `divideRounded`. */
export function multiply(amount: Money, factor: number | bigint): Money {
  return money(amount.currency, amount.minorUnits * toInteger(factor))
}

export function negate(amount: Money): Money {
  return money(amount.currency, -amount.minorUnits)
}

/** Negative, zero or positive, as `Array.prototype.sort` wants it. */
export function compare(a: Money, b: Money): -1 | 0 | 1 {
  sameCurrency(a, b)
  if (a.minorUnits === b.minorUnits) return 0
  return a.minorUnits < b.minorUnits ? -1 : 1
}

/** The sum; zero of that currency for an empty list, which is why the currency is asked for. */
export function sum(currency: CurrencyCode, amounts: Iterable<Money>): Money {
  let total = money(currency, 0n)
  for (const amount of amounts) total = add(total, amount)
  return total
}

/**
 * Splits the amount in proportion to the weights (non-negative integers, at least one); the parts add up to it
 * exactly and each is within one minor unit of its exact share. Left-over units go to the largest remainders, ties
 * to the earlier part. Weights that are all zero count as equal.
 */
export function allocate(amount: Money, weights: readonly (number | bigint)[]): Money[] {
  const given = weights.map(toInteger)
  if (given.length === 0) throw new RangeError('allocate: there is no one to allocate to')
  if (given.some((weight) => weight < 0n)) throw new RangeError('allocate: a weight is negative')
  const isAllZero = given.every((weight) => weight === 0n)
  const shares = isAllZero ? given.map(() => 1n) : given
  const total = shares.reduce((a, b) => a + b, 0n)
  // The magnitude is split and the sign put back, so that a refund splits as the sale did.
  const isNegative = amount.minorUnits < 0n
  const magnitude = isNegative ? -amount.minorUnits : amount.minorUnits
  const parts = shares.map((weight, index) => ({
    index,
    units: (magnitude * weight) / total,
    rest: (magnitude * weight) % total,
  }))
  let left = magnitude - parts.reduce((a, part) => a + part.units, 0n)
  const byRest = [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  for (const part of byRest) {
    if (left === 0n) break
    part.units += 1n
    left -= 1n
  }
  return parts.map((part) => money(amount.currency, isNegative ? -part.units : part.units))
}

/** The amount with a point and all its digits, for machines: `1234.50`, `-0.05`, `980` (JPY). */
export function toDecimal(amount: Money): string {
  const exponent = exponentOf(amount.currency)
  const sign = amount.minorUnits < 0n ? '-' : ''
  const digits = (amount.minorUnits < 0n ? -amount.minorUnits : amount.minorUnits).toString()
  if (exponent === 0) return sign + digits
  const padded = digits.padStart(exponent + 1, '0')
  return `${sign}${padded.slice(0, -exponent)}.${padded.slice(-exponent)}`
}

/**
 * Reads `1234.5` (a point, no grouping, no exponent). Digits beyond the currency's must be zeros, since nothing here
 * rounds. Throws BAD_USER_INPUT for anything else and for what a PostgreSQL bigint cannot hold.
 */
export function fromDecimal(currency: CurrencyCode, text: string): Money {
  const match = /^(-?)([0-9]{1,30})(?:\.([0-9]{1,30}))?$/.exec(text)
  if (!match) throw badInput('An amount is written in digits with a point, for example 1234.50.')
  const [, sign, whole = '', fraction = ''] = match
  const exponent = exponentOf(currency)
  if (/[1-9]/.test(fraction.slice(exponent))) {
    throw badInput(`An amount in ${currency} has at most ${String(exponent)} decimal digits.`)
  }
  const minorUnits = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
  if (minorUnits > LARGEST) throw badInput('The amount is too large.')
  return money(currency, sign === '-' ? -minorUnits : minorUnits)
}
