import { isCurrencyCode } from '../money/currencies.ts'
import { money, type Money, toDecimal } from '../money/money.ts'

/** `Money` as the schema tells it. */
export interface MoneyOutput {
  currency: string
  minorUnits: string
  amount: string
}

export function toMoneyOutput(value: Money): MoneyOutput {
  return { currency: value.currency, minorUnits: value.minorUnits.toString(), amount: toDecimal(value) }
}

/** The same from two columns. A currency the table does not know is a bug: it throws. */
export function moneyColumns(currency: string, minorUnits: bigint): MoneyOutput {
  if (!isCurrencyCode(currency)) throw new Error(`Unknown currency ${currency}`)
  return toMoneyOutput(money(currency, minorUnits))
}
