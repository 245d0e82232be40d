// The only place where a price is worked out: quotes, orders and sales in boutiques all come through here.
import type { CurrencyCode } from '#platform/money/currencies.ts'
import { allocate, money } from '#platform/money/money.ts'
import { divideRounded, type RoundingMode } from '#platform/money/round.ts'

export interface PricingRules {
  currency: CurrencyCode
  pricesIncludeTax: boolean
  /** Whether tax is rounded on each line, or once per rate on the total. */
  taxRounding: 'LINE' | 'TOTAL'
  roundingMode: RoundingMode
}

export interface PricedLine {
  totalMinor: bigint
  taxMinor: bigint
}

export interface PricedBasket {
  lines: PricedLine[]
  /** Sum of the lines, with tax where prices include it. */
  subtotalMinor: bigint
  shippingMinor: bigint
  shippingTaxMinor: bigint
  /** Sum of the taxes of lines and delivery. */
  taxMinor: bigint
  totalMinor: bigint
}

const million = 1_000_000n

/** Amounts are minor units; rates are parts per million. Sums are exact in every case: nothing is lost in rounding. */
export function priceLines(
  rules: PricingRules,
  lines: readonly { quantity: number; unitPriceMinor: bigint; ratePpm: number }[],
  shipping: { amountMinor: bigint; ratePpm: number },
): PricedBasket {
  const totals = lines.map((line) => line.unitPriceMinor * BigInt(line.quantity))
  // Delivery is taxed like one more line.
  const taxes = taxAmounts(
    rules,
    [...totals, shipping.amountMinor],
    [...lines.map((line) => line.ratePpm), shipping.ratePpm],
  )
  const subtotalMinor = sumOf(totals)
  const taxMinor = sumOf(taxes)
  return {
    lines: totals.map((totalMinor, index) => ({ totalMinor, taxMinor: taxes[index] ?? 0n })),
    subtotalMinor,
    shippingMinor: shipping.amountMinor,
    shippingTaxMinor: taxes.at(-1) ?? 0n,
    taxMinor,
    totalMinor: subtotalMinor + shipping.amountMinor + (rules.pricesIncludeTax ? 0n : taxMinor),
  }
}

function taxAmounts(rules: PricingRules, amounts: readonly bigint[], rates: readonly number[]): bigint[] {
  if (rules.taxRounding === 'LINE') {
    return amounts.map((amount, index) => taxIn(rules, amount, rates[index] ?? 0))
  }
  const taxes = amounts.map(() => 0n)
  for (const rate of new Set(rates)) {
    const members = [...amounts.keys()].filter((index) => rates[index] === rate)
    const weights = members.map((index) => amounts[index] ?? 0n)
    const shares = allocate(money(rules.currency, taxIn(rules, sumOf(weights), rate)), weights)
    members.forEach((index, position) => {
      taxes[index] = shares[position]?.minorUnits ?? 0n
    })
  }
  return taxes
}

function taxIn(rules: PricingRules, amount: bigint, ratePpm: number): bigint {
  const rate = BigInt(ratePpm)
  return divideRounded(amount * rate, rules.pricesIncludeTax ? million + rate : million, rules.roundingMode)
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
