import { badInput } from '../errors/errors.ts'

// ISO 4217, list one, as of 2026: every currency in use that has a minor unit (metals, test codes and the like
// have none and cannot be paid with). The digits are ours because `Intl` follows CLDR, which says 0 for HUF,
// IDR, COP and others where ISO, banks and payment providers say 2.
// prettier-ignore
const codesByExponent = {
  0: [
    'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF',
    'XOF', 'XPF',
  ],
  2: [
    'AED', 'AFN', 'ALL', 'AMD', 'AOA', 'ARS', 'AUD', 'AWG', 'AZN', 'BAM', 'BBD', 'BDT', 'BMD', 'BND', 'BOB',
    'BOV', 'BRL', 'BSD', 'BTN', 'BWP', 'BYN', 'BZD', 'CAD', 'CDF', 'CHE', 'CHF', 'CHW', 'CNY', 'COP', 'COU',
    'CRC', 'CUP', 'CVE', 'CZK', 'DKK', 'DOP', 'DZD', 'EGP', 'ERN', 'ETB', 'EUR', 'FJD', 'FKP', 'GBP', 'GEL',
    'GHS', 'GIP', 'GMD', 'GTQ', 'GYD', 'HKD', 'HNL', 'HTG', 'HUF', 'IDR', 'ILS', 'INR', 'IRR', 'JMD', 'KES',
    'KGS', 'KHR', 'KPW', 'KYD', 'KZT', 'LAK', 'LBP', 'LKR', 'LRD', 'LSL', 'MAD', 'MDL', 'MGA', 'MKD', 'MMK',
    'MNT', 'MOP', 'MRU', 'MUR', 'MVR', 'MWK', 'MXN', 'MXV', 'MYR', 'MZN', 'NAD', 'NGN', 'NIO', 'NOK', 'NPR',
    'NZD', 'PAB', 'PEN', 'PGK', 'PHP', 'PKR', 'PLN', 'QAR', 'RON', 'RSD', 'RUB', 'SAR', 'SBD', 'SCR', 'SDG',
    'SEK', 'SGD', 'SHP', 'SLE', 'SOS', 'SRD', 'SSP', 'STN', 'SVC', 'SYP', 'SZL', 'THB', 'TJS', 'TMT', 'TOP',
    'TRY', 'TTD', 'TWD', 'TZS', 'UAH', 'USD', 'USN', 'UYU', 'UZS', 'VED', 'VES', 'WST', 'XAD', 'XCD', 'XCG',
    'YER', 'ZAR', 'ZMW', 'ZWG',
  ],
  3: [
    'BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND',
  ],
  4: [
    'CLF', 'UYW',
  ],
} as const

type CodesByExponent = typeof codesByExponent

/** An ISO 4217 code of a currency in use. */
export type CurrencyCode = CodesByExponent[keyof CodesByExponent][number]

const exponents: ReadonlyMap<string, number> = new Map(
  Object.entries(codesByExponent).flatMap(([exponent, codes]) =>
    codes.map((code): [string, number] => [code, Number(exponent)]),
  ),
)

export const currencyCodes: readonly CurrencyCode[] = Object.values(codesByExponent).flat().sort()

/** Whether the text is such a code, in capitals exactly. */
export function isCurrencyCode(text: string): text is CurrencyCode {
  return exponents.has(text)
}

/** The text as a code. Throws BAD_USER_INPUT when it is none. */
export function parseCurrency(text: string): CurrencyCode {
  if (!isCurrencyCode(text)) throw badInput('This is not an ISO 4217 currency code.')
  return text
}

/** How many decimal digits the minor unit has: EUR 2, JPY 0, KWD 3. Throws RangeError for a code we do not know. */
export function exponentOf(currency: CurrencyCode): number {
  const exponent = exponents.get(currency)
  // A code that came from a database column by a cast must not become a silent NaN amount.
  if (exponent === undefined) throw new RangeError(`There is no currency ${JSON.stringify(currency)}`)
  return exponent
}
