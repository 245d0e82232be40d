// The only place where a price is worked out: quotes, orders and sales in boutiques all come through here.
import type { CurrencyCode } from '#platform/money/currencies.ts'
import { applyPromotions, type Offers } from './apply-promotions.ts'
import type { MarketRules } from './market-rules.ts'
import { type Discount, type ListedLine, openLine, type OpenLine, sumOf } from './open-line.ts'
import { priceInForce, type SellableVariant } from './sellable.ts'
import {
  type Parcel,
  type ShippingChoice,
  shippingChoices,
  type ShippingMethod,
  type ShippingStep,
} from './shipping.ts'
import { standardTax, taxesOf, taxRateOf } from './tax.ts'

export interface WantedLine {
  variantId: string
  quantity: number
}

export interface BasketLine extends ListedLine {
  /** Before discounts. */
  totalMinor: bigint
  /** Sum of `discounts`, at most the total. */
  discountMinor: bigint
  discounts: Discount[]
  /** In (or on top of) what is left after discounts. */
  taxMinor: bigint
  taxRatePpm: number
  /** Given by a promotion on top of what was asked for. */
  isGift: boolean
}

/** Lines and shipping less discounts, and the tax where prices exclude it, are the total: exactly, in every case. */
export interface Basket {
  currency: CurrencyCode
  /** As they were asked for; gifts come last. */
  lines: BasketLine[]
  /** Variants that are not sold in the market; they are in no sum. */
  notSoldHere: string[]
  /** Sum of the lines before discounts, with tax where prices include it. */
  subtotalMinor: bigint
  /** Before discounts. */
  shippingMinor: bigint
  shippingTaxMinor: bigint
  shippingDiscounts: Discount[]
  /** The way reckoned with; null where nothing is delivered or delivery is not charged. */
  shipping: ShippingChoice | null
  /** All ways that serve the basket. */
  shippingChoices: ShippingChoice[]
  /** Sum of all discounts. */
  discountMinor: bigint
  /** Sum of the taxes of lines and delivery. */
  taxMinor: bigint
  taxIncluded: boolean
  totalMinor: bigint
}

export interface PricingRequest {
  market: MarketRules
  /** Where it goes, or is bought. */
  country: string
  /** One line per variant. */
  wanted: readonly WantedLine[]
  /** What is wanted and what may be given. */
  sellables: ReadonlyMap<string, SellableVariant>
  offers: Offers
  /** Pieces there are of what may be given; without it nothing is. */
  available?: ReadonlyMap<string, number>
  at: Date
  /**
   * How it gets there: `methodId` is the way asked for, `kind` the only kind that comes into question. Instead of a way that
   * does not serve the first that does is taken, couriers before boutiques. Null: it is carried out.
   */
  delivery: { methodId: string | null; kind?: ShippingMethod['kind'] } | null
}

/** Amounts end in a PostgreSQL bigint: an order that costs more cannot be written. */
export const largestMinor = 2n ** 63n - 1n

/** Prices what can be sold of the wanted lines with what is in force at `at`. */
export function priceBasket(request: PricingRequest): Basket {
  const { market, country, at, offers } = request
  const { listed, notSoldHere } = listLines(request)
  // Worked out in an order of their own, so that nothing depends on the order in which the lines come.
  const lines = [...listed.values()].sort((a, b) => (a.variantId < b.variantId ? -1 : 1))
  const { gifts, shippingSteps } = applyPromotions(lines, offers, giftStock(request), request)
  const parcel = {
    country,
    weightGrams: lines.reduce((grams, line) => grams + line.sellable.weightGrams * line.quantity, 0),
    subtotalMinor: sumOf(lines.map((line) => line.totalMinor)),
  }
  const choices = lines.length === 0 ? [] : choicesOf(request, parcel, shippingSteps)
  const shipping = choose(choices, request.delivery?.methodId ?? null)

  const all = [...lines, ...gifts]
  const rates = all.map((line) => taxRateOf(market, country, line.sellable.taxCategory, at))
  // Delivery is taxed like one more line.
  const taxes = taxesOf(market, [
    ...all.map((line, index) => ({ amountMinor: line.leftMinor, ratePpm: rates[index] ?? 0 })),
    { amountMinor: shipping?.leftMinor ?? 0n, ratePpm: taxRateOf(market, country, standardTax, at) },
  ])
  const priced = new Map(
    all.map((line, index) => [
      line,
      toBasketLine(line, {
        taxMinor: taxes[index] ?? 0n,
        taxRatePpm: rates[index] ?? 0,
        isGift: index >= lines.length,
      }),
    ]),
  )
  const subtotalMinor = sumOf(all.map((line) => line.totalMinor))
  const shippingMinor = shipping?.amountMinor ?? 0n
  const leftMinor = sumOf(all.map((line) => line.leftMinor)) + (shipping?.leftMinor ?? 0n)
  const taxMinor = sumOf(taxes)
  return {
    currency: market.currency,
    lines: [...listed.values(), ...gifts].flatMap((line) => priced.get(line) ?? []),
    notSoldHere,
    subtotalMinor,
    shippingMinor,
    shippingTaxMinor: taxes.at(-1) ?? 0n,
    shippingDiscounts: shipping?.discounts ?? [],
    shipping,
    shippingChoices: choices,
    discountMinor: subtotalMinor + shippingMinor - leftMinor,
    taxMinor,
    taxIncluded: market.pricesIncludeTax,
    totalMinor: leftMinor + (market.pricesIncludeTax ? 0n : taxMinor),
  }
}

function choicesOf({ market, delivery }: PricingRequest, parcel: Parcel, steps: readonly ShippingStep[]) {
  if (!delivery) return []
  const { kind } = delivery
  const methods = market.shippingMethods.filter((method) => kind === undefined || method.kind === kind)
  return shippingChoices(methods, parcel, steps, market.roundingMode)
}

function choose(choices: readonly ShippingChoice[], methodId: string | null): ShippingChoice | null {
  const asked = choices.find(({ method }) => method.id === methodId)
  return asked ?? choices.find(({ method }) => method.kind === 'COURIER') ?? choices[0] ?? null
}

/** The wanted lines at their listed prices, in the order they were asked for. */
function listLines({ market, wanted, sellables, at }: PricingRequest) {
  const listed = new Map<string, OpenLine>()
  const notSoldHere: string[] = []
  for (const { variantId, quantity } of wanted) {
    const sellable = sellables.get(variantId)
    const price = sellable ? priceInForce(sellable, market, at) : null
    if (!sellable || !price) notSoldHere.push(variantId)
    else {
      const { amountMinor: unitPriceMinor, compareAtMinor } = price
      listed.set(variantId, openLine({ variantId, quantity, sellable, unitPriceMinor, compareAtMinor }))
    }
  }
  return { listed, notSoldHere }
}

function giftStock({ sellables, available, wanted }: PricingRequest) {
  const left = new Map(available)
  for (const { variantId, quantity } of wanted) left.set(variantId, (left.get(variantId) ?? 0) - quantity)
  return { sellables, left }
}

function toBasketLine(
  { leftMinor, isClosed: _, ...line }: OpenLine,
  more: Pick<BasketLine, 'taxMinor' | 'taxRatePpm' | 'isGift'>,
): BasketLine {
  return { ...line, ...more, discountMinor: line.totalMinor - leftMinor }
}
