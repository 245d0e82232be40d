import type { CurrencyCode } from '#platform/money/currencies.ts'
import type { RoundingMode } from '#platform/money/round.ts'
import type { ShippingMethod } from './shipping.ts'

export interface TaxRate {
  country: string
  taxCategory: string
  /** Parts per million. */
  ratePpm: number
  /** Of several that have begun the newest one holds. */
  validFrom: Date
}

/** How amounts of a market are rounded and taxed. */
export interface TaxRules {
  currency: CurrencyCode
  pricesIncludeTax: boolean
  /** Whether tax is rounded on each line, or once per rate on the total. */
  taxRounding: 'LINE' | 'TOTAL'
  roundingMode: RoundingMode
}

/** A market as orders knows it. */
export interface MarketRules extends TaxRules {
  id: string
  countries: readonly string[]
  locales: readonly string[]
  reservationMinutes: number
  /** How long goods are held for a bank transfer; null where none is taken. */
  bankTransferDays: number | null
  taxRates: readonly TaxRate[]
  /** Those in use, in the order of choice. Without any, delivery is free. */
  shippingMethods: readonly ShippingMethod[]
}
