import { parseCurrency } from '#platform/money/currencies.ts'
import type { MarketRules } from '../domain/pricing/market-rules.ts'
import type { ShippingMethod, ShippingRate } from '../domain/pricing/shipping.ts'
import type { Market } from './generated/client.ts'
import type { Tx } from './tx.ts'

/** Amounts as text: JSON has no bigint. */
type RateAsJson = Omit<ShippingRate, `${string}Minor`> & {
  minSubtotalMinor: string
  maxSubtotalMinor: string | null
  amountMinor: string
}

type Row = Omit<Market, 'currency'> & {
  currency: string
  taxRates: { country: string; taxCategory: string; ratePpm: number; validFrom: string }[]
  shippingMethods: (Omit<ShippingMethod, 'rates'> & { rates: RateAsJson[] })[]
}

/** The markets of these codes that orders has heard of, with their taxes and ways of delivery: one statement. */
export async function findMarkets(
  tx: Pick<Tx, '$queryRaw'>,
  ids: readonly string[],
): Promise<Map<string, MarketRules>> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, currency, countries, locales, prices_include_tax AS "pricesIncludeTax",
           tax_rounding::text AS "taxRounding", rounding_mode::text AS "roundingMode",
           reservation_minutes AS "reservationMinutes", bank_transfer_days AS "bankTransferDays",
           (SELECT coalesce(jsonb_agg(jsonb_build_object(
                     'country', country, 'taxCategory', tax_category, 'ratePpm', rate_ppm, 'validFrom', valid_from)), '[]')
              FROM tax_rates WHERE market_id = m.id) AS "taxRates",
           (SELECT coalesce(jsonb_agg(jsonb_build_object(
                     'id', s.id, 'code', code, 'kind', kind, 'names', names, 'descriptions', descriptions, 'rates',
                     (SELECT coalesce(jsonb_agg(jsonb_build_object(
                               'countries', countries, 'minWeightGrams', min_weight_grams,
                               'maxWeightGrams', max_weight_grams, 'minSubtotalMinor', min_subtotal_minor::text,
                               'maxSubtotalMinor', max_subtotal_minor::text, 'amountMinor', amount_minor::text)
                             ORDER BY position), '[]')
                        FROM shipping_rates WHERE method_id = s.id)) ORDER BY s.position, code), '[]')
              FROM shipping_methods s WHERE market_id = m.id AND is_active) AS "shippingMethods"
      FROM markets m WHERE id = ANY (${[...ids]})`
  return new Map(rows.map((row) => [row.id, toMarket(row)]))
}

export async function findMarket(tx: Pick<Tx, '$queryRaw'>, id: string): Promise<MarketRules | null> {
  return (await findMarkets(tx, [id])).get(id) ?? null
}

function toMarket(row: Row): MarketRules {
  return {
    ...row,
    currency: parseCurrency(row.currency),
    taxRates: row.taxRates.map((rate) => ({ ...rate, validFrom: new Date(rate.validFrom) })),
    shippingMethods: row.shippingMethods.map((method) => ({
      ...method,
      rates: method.rates.map((rate) => ({
        ...rate,
        minSubtotalMinor: BigInt(rate.minSubtotalMinor),
        maxSubtotalMinor: rate.maxSubtotalMinor === null ? null : BigInt(rate.maxSubtotalMinor),
        amountMinor: BigInt(rate.amountMinor),
      })),
    })),
  }
}
