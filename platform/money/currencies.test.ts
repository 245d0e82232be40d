import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { currencyCodes, exponentOf, isCurrencyCode, parseCurrency } from './currencies.ts'

test('the digits of the currencies we sell in', () => {
  const digits = (['EUR', 'GBP', 'USD', 'CNY', 'JPY', 'KRW', 'HUF', 'KWD'] as const).map(exponentOf)
  expect(digits).toEqual([2, 2, 2, 2, 0, 0, 2, 3])
})

test.each(['eur', 'EU', '', 'XXX', 'XAU', 'XTS', 'DEM', 'constructor', '__proto__'])(
  '%j is no currency',
  (text) => {
    expect(isCurrencyCode(text)).toBe(false)
    expect(() => parseCurrency(text)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
  },
)

// The published list is test data that does not travel with the repository.
const list = resolve(process.env.MAISON_DATA ?? '../shared/data', 'reference/iso4217-currency-codes.csv')
if (!existsSync(list))
  console.warn(`NOTE: ${list} is missing: the ISO 4217 table is not compared with the list`)

describe.runIf(existsSync(list))('the published ISO 4217 list', () => {
  interface Row {
    AlphabeticCode: string
    MinorUnit: string
    WithdrawalDate: string
  }
  test('has the same currencies in use with the same digits', () => {
    const rows: Row[] = parse(readFileSync(list), { columns: true })
    const inUse = rows.filter((row) => row.WithdrawalDate === '' && /^[0-9]$/.test(row.MinorUnit))
    const expected = new Map(inUse.map((row) => [row.AlphabeticCode, Number(row.MinorUnit)]))
    expect(expected.size).toBeGreaterThan(150)
    expect(new Map(currencyCodes.map((code) => [code, exponentOf(code)]))).toEqual(
      new Map([...expected].sort(([a], [b]) => (a < b ? -1 : 1))),
    )
  })
})
