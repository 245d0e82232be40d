import type { RoundingMode } from '#platform/money/round.ts'
import type { Cause, Discount } from './open-line.ts'
import { portion } from './portion.ts'

export interface ShippingMethod {
  id: string
  code: string
  kind: 'COURIER' | 'PICKUP'
  names: Readonly<Record<string, string>>
  descriptions: Readonly<Record<string, string>>
  /** The first that fits holds. */
  rates: readonly ShippingRate[]
}

export interface ShippingRate {
  /** Empty for every country of the market. */
  countries: readonly string[]
  minWeightGrams: number
  /** Below so much; null without an end. */
  maxWeightGrams: number | null
  minSubtotalMinor: bigint
  /** Below so much; null without an end. */
  maxSubtotalMinor: bigint | null
  amountMinor: bigint
}

/** What is sent. The subtotal is that before discounts: a discount never costs anybody the free delivery. */
export interface Parcel {
  country: string
  weightGrams: number
  subtotalMinor: bigint
}

/** A percentage off the delivery. */
export interface ShippingStep {
  cause: Cause
  ppm: number
}

/** A way of delivery and what it costs. */
export interface ShippingChoice {
  method: ShippingMethod
  /** Before discounts. */
  amountMinor: bigint
  discounts: Discount[]
  leftMinor: bigint
}

/** The ways that serve the parcel, in the order of choice, with what is taken off them. */
export function shippingChoices(
  methods: readonly ShippingMethod[],
  parcel: Parcel,
  steps: readonly ShippingStep[],
  mode: RoundingMode,
): ShippingChoice[] {
  return methods.flatMap((method) => {
    const rate = method.rates.find((each) => serves(each, parcel))
    return rate ? [{ method, ...reduceShipping(rate.amountMinor, steps, mode) }] : []
  })
}

function serves(rate: ShippingRate, { country, weightGrams, subtotalMinor }: Parcel): boolean {
  return (
    (rate.countries.length === 0 || rate.countries.includes(country)) &&
    weightGrams >= rate.minWeightGrams &&
    (rate.maxWeightGrams === null || weightGrams < rate.maxWeightGrams) &&
    subtotalMinor >= rate.minSubtotalMinor &&
    (rate.maxSubtotalMinor === null || subtotalMinor < rate.maxSubtotalMinor)
  )
}

function reduceShipping(
  amountMinor: bigint,
  steps: readonly ShippingStep[],
  mode: RoundingMode,
): Omit<ShippingChoice, 'method'> {
  let leftMinor = amountMinor
  const discounts: Discount[] = []
  for (const { cause, ppm } of steps) {
    const off = portion(leftMinor, ppm, mode)
    if (off === 0n) continue
    leftMinor -= off
    const before = discounts.find((discount) => discount.promotionId === cause.promotionId)
    if (before) before.amountMinor += off
    else discounts.push({ ...cause, amountMinor: off })
  }
  return { amountMinor, discounts, leftMinor }
}
