import type { z } from 'zod'
import type { marketChanged } from '#contracts/catalog.ts'
import type { Market } from './generated/client.ts'
import { readTaxRates } from './json-columns.ts'

export type MarketSnapshot = z.infer<typeof marketChanged.payload>

const taxRoundings: readonly MarketSnapshot['taxRounding'][] = ['LINE', 'TOTAL']
const roundingModes: readonly MarketSnapshot['roundingMode'][] = ['HALF_EVEN', 'HALF_UP']

/** A market as the event tells it. */
export function toMarketSnapshot(row: Market): MarketSnapshot {
  return {
    marketId: row.id,
    currency: row.currency,
    countries: row.countries,
    locales: row.locales,
    pricesIncludeTax: row.pricesIncludeTax,
    taxRounding: oneOf(taxRoundings, row.taxRounding),
    roundingMode: oneOf(roundingModes, row.roundingMode),
    reservationMinutes: row.reservationMinutes,
    bankTransferDays: row.bankTransferDays,
    taxRates: [...readTaxRates(row.taxRates)],
  }
}

function oneOf<T extends string>(known: readonly T[], text: string): T {
  const found = known.find((one) => one === text)
  if (found === undefined) throw new Error(`A market's column holds ${text}`)
  return found
}
