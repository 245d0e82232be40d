import type { CurrencyCode } from '#platform/money/currencies.ts'
import { fromDecimal } from '#platform/money/money.ts'
import type { PriceAmounts } from '../product.ts'
import type { Column, ImportRow } from './columns.ts'
import type { RowProblems } from './row-problem.ts'

// Single cells of a product CSV: what they mean, and what is said when they mean nothing.

/** Spreadsheets keep leading zeros by an apostrophe in front; it is not part of the value. */
export function plain(row: ImportRow, column: Column): string {
  return row.cell(column).replace(/^'/, '').trim()
}

/** At most so many characters, as people count them; longer text is cut and said so. */
export function limited(
  row: ImportRow,
  column: Column,
  value: string,
  max: number,
  problems: RowProblems,
): string {
  if (value.length <= max) return value
  const characters = [...value]
  if (characters.length <= max) return value
  problems.warn(
    row.line,
    column,
    'TEXT_TRUNCATED',
    `Longer than ${String(max)} characters; the rest was left out.`,
  )
  return characters.slice(0, max).join('')
}

/** The price with its former price; null, and the row refused, when there is none or it is not one. */
export function readPrice(
  row: ImportRow,
  currency: CurrencyCode,
  problems: RowProblems,
): PriceAmounts | null {
  const text = plain(row, 'Variant Price')
  const amountMinor = readAmount(currency, text)
  if (amountMinor === null) {
    const why = text === '' ? 'There is no price.' : `“${text.slice(0, 40)}” is not a price in ${currency}.`
    problems.error(
      row.line,
      'Variant Price',
      text === '' ? 'PRICE_MISSING' : 'PRICE_INVALID',
      `${why} The row was refused.`,
    )
    return null
  }
  return { amountMinor, compareAtMinor: readCompareAt(row, currency, amountMinor, problems) }
}

function readCompareAt(
  row: ImportRow,
  currency: CurrencyCode,
  amountMinor: bigint,
  problems: RowProblems,
): bigint | null {
  const text = plain(row, 'Variant Compare At Price')
  if (text === '') return null
  const compareAt = readAmount(currency, text)
  if (compareAt === null) {
    problems.warn(row.line, 'Variant Compare At Price', 'COMPARE_AT_INVALID', 'Not a price; it was left out.')
    return null
  }
  if (compareAt <= amountMinor) {
    // Zero and the price itself are how spreadsheets say that there is none.
    if (compareAt > 0n) {
      problems.warn(
        row.line,
        'Variant Compare At Price',
        'COMPARE_AT_NOT_HIGHER',
        'Not above the price; it was left out.',
      )
    }
    return null
  }
  return compareAt
}

// Twelve digits are more than any price, and far from where a bigint ends.
function readAmount(currency: CurrencyCode, text: string): bigint | null {
  if (!/^\d{1,12}(?:\.\d{1,6})?$/.test(text)) return null
  try {
    return fromDecimal(currency, text).minorUnits
  } catch {
    return null
  }
}

/** Pieces counted; null when the cell is empty or says nothing. Below zero there is nothing: 0. */
export function readStock(row: ImportRow, problems: RowProblems): number | null {
  const text = plain(row, 'Variant Inventory Qty')
  if (text === '') return null
  const stock = Number(text)
  if (!/^-?\d{1,9}$/.test(text) || stock > 10_000_000) {
    problems.warn(
      row.line,
      'Variant Inventory Qty',
      'STOCK_INVALID',
      'Not a number of pieces; the stock was left as it is.',
    )
    return null
  }
  if (stock >= 0) return stock
  problems.warn(row.line, 'Variant Inventory Qty', 'STOCK_NEGATIVE', `${text} pieces cannot be; 0 was taken.`)
  return 0
}

export function readWeight(row: ImportRow, problems: RowProblems): number {
  const text = plain(row, 'Variant Grams')
  if (text === '') return 0
  const grams = Math.round(Number(text))
  if (/^\d{1,7}(?:\.\d+)?$/.test(text) && grams <= 1_000_000) return grams
  problems.warn(row.line, 'Variant Grams', 'WEIGHT_INVALID', 'Not a weight in grams; it was left out.')
  return 0
}
