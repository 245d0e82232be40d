import type { CurrencyCode } from '#platform/money/currencies.ts'
import { type PricedBasket, priceLines, type PricedLine, type PricingRules } from './price-lines.ts'
import { shippingRate } from './shipping-rate.ts'

/** A market as orders knows it. */
export interface MarketRules extends PricingRules {
  id: string
  countries: readonly string[]
  locales: readonly string[]
  reservationMinutes: number
  /** How long goods are held for a bank transfer; null where none is taken. */
  bankTransferDays: number | null
  taxRates: readonly { country: string; taxCategory: string; ratePpm: number }[]
}

/** What can be sold, as orders knows it. */
export interface SellableVariant {
  variantId: string
  productId: string
  sku: string
  names: Readonly<Record<string, string>>
  optionsLabels: Readonly<Record<string, string>>
  imageUrl: string | null
  category: string
  taxCategory: string
  isSold: boolean
  prices: readonly SellablePrice[]
}

export interface SellablePrice {
  marketId: string
  currency: string
  amountMinor: bigint
  validFrom: Date
  validTo: Date | null
}

export interface WantedLine {
  variantId: string
  quantity: number
}

export interface BasketLine extends WantedLine, PricedLine {
  sellable: SellableVariant
  unitPriceMinor: bigint
  taxRatePpm: number
}

export interface Basket extends Omit<PricedBasket, 'lines'> {
  currency: CurrencyCode
  lines: BasketLine[]
  /** Variants that are not sold in the market; they are in no sum. */
  notSoldHere: string[]
}

/** Amounts end in a PostgreSQL bigint: an order that costs more cannot be written. */
export const largestMinor = 2n ** 63n - 1n

/** The category of what the house itself does, such as delivery. */
const standardTax = 'standard'

/** Prices what can be sold of the wanted lines, going to `country`, at the price in force at `at`. */
export function priceBasket(options: {
  market: MarketRules
  country: string
  wanted: readonly WantedLine[]
  sellables: ReadonlyMap<string, SellableVariant>
  at: Date
  isDelivered: boolean
}): Basket {
  const { market, country, at } = options
  const rateOf = (taxCategory: string): number => rateFor(market, country, taxCategory)
  const notSoldHere: string[] = []
  const found: Omit<BasketLine, keyof PricedLine>[] = []
  for (const line of options.wanted) {
    const sellable = options.sellables.get(line.variantId)
    const unitPriceMinor = sellable?.isSold ? priceInForce(sellable.prices, market, at) : null
    if (!sellable || unitPriceMinor === null) notSoldHere.push(line.variantId)
    else found.push({ ...line, sellable, unitPriceMinor, taxRatePpm: rateOf(sellable.taxCategory) })
  }
  const subtotal = found.reduce((sum, line) => sum + line.unitPriceMinor * BigInt(line.quantity), 0n)
  const priced = priceLines(
    market,
    found.map((line) => ({ ...line, ratePpm: line.taxRatePpm })),
    {
      amountMinor: options.isDelivered ? shippingRate(market.currency, subtotal, found.length) : 0n,
      ratePpm: rateOf(standardTax),
    },
  )
  const lines = found.map((line, index) => ({ ...line, ...(priced.lines[index] ?? missing()) }))
  return { ...priced, currency: market.currency, lines, notSoldHere }
}

/** Whether the variant has a price in the market now, whatever is in stock. */
export function isSoldIn(sellable: SellableVariant, market: MarketRules, at: Date): boolean {
  return sellable.isSold && priceInForce(sellable.prices, market, at) !== null
}

/** The newest price that has begun and not ended; null when the variant has none in this market's currency. */
function priceInForce(prices: readonly SellablePrice[], market: MarketRules, at: Date): bigint | null {
  let best: SellablePrice | null = null
  for (const price of prices) {
    if (price.marketId !== market.id || price.currency !== market.currency) continue
    if (price.validFrom > at || (price.validTo !== null && price.validTo <= at)) continue
    if (best === null || price.validFrom > best.validFrom) best = price
  }
  return best?.amountMinor ?? null
}

// A category without a rate of its own is taxed at the standard rate: too much tax can be given back, too little is owed.
function rateFor(market: MarketRules, country: string, taxCategory: string): number {
  const find = (category: string) =>
    market.taxRates.find((rate) => rate.country === country && rate.taxCategory === category)
  return (find(taxCategory) ?? find(standardTax))?.ratePpm ?? 0
}

function missing(): never {
  throw new Error('priceLines gave fewer lines than it got')
}
