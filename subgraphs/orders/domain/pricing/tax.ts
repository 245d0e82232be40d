import { allocate, money } from '#platform/money/money.ts'
import { divideRounded } from '#platform/money/round.ts'
import type { MarketRules, TaxRules } from './market-rules.ts'
import { sumOf } from './open-line.ts'
import { million } from './portion.ts'

/** The category of what the house itself does, such as delivery. */
export const standardTax = 'standard'

/** An amount after discounts and the rate it is taxed at. */
export interface Taxed {
  amountMinor: bigint
  ratePpm: number
}

/**
 * The rate of a country and category at a moment. A category without a rate of its own is taxed at the standard rate: too
 * much tax can be given back, too little is owed.
 */
export function taxRateOf(
  market: Pick<MarketRules, 'taxRates'>,
  country: string,
  taxCategory: string,
  at: Date,
): number {
  const newest = (category: string) => {
    let best: MarketRules['taxRates'][number] | null = null
    for (const rate of market.taxRates) {
      if (rate.country !== country || rate.taxCategory !== category || rate.validFrom > at) continue
      if (best === null || rate.validFrom > best.validFrom) best = rate
    }
    return best
  }
  return (newest(taxCategory) ?? newest(standardTax))?.ratePpm ?? 0
}

/** The tax in (or on top of) each amount. Rounded on each, or once per rate and spread so that the sum stays exact. */
export function taxesOf(rules: TaxRules, amounts: readonly Taxed[]): bigint[] {
  if (rules.taxRounding === 'LINE') return amounts.map((each) => taxIn(rules, each.amountMinor, each.ratePpm))
  const taxes = amounts.map(() => 0n)
  for (const ratePpm of new Set(amounts.map((each) => each.ratePpm))) {
    const members = [...amounts.keys()].filter((index) => amounts[index]?.ratePpm === ratePpm)
    const weights = members.map((index) => amounts[index]?.amountMinor ?? 0n)
    const parts = allocate(money(rules.currency, taxIn(rules, sumOf(weights), ratePpm)), weights)
    members.forEach((index, position) => {
      taxes[index] = parts[position]?.minorUnits ?? 0n
    })
  }
  return taxes
}

function taxIn(rules: TaxRules, amountMinor: bigint, ratePpm: number): bigint {
  const rate = BigInt(ratePpm)
  const base = rules.pricesIncludeTax ? million + rate : million
  return divideRounded(amountMinor * rate, base, rules.roundingMode)
}
