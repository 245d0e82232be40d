import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import type { Tx } from '../data/tx.ts'
import {
  judgeByEffect,
  type JudgedVoucher,
  type VoucherFacts,
  type VoucherRefusal,
} from '../domain/pricing/judge-vouchers.ts'
import type { MarketRules } from '../domain/pricing/market-rules.ts'
import { type Basket, largestMinor, type WantedLine } from '../domain/pricing/price-basket.ts'
import { findPrice, sourcesOf } from './find-price.ts'
import type { GoodsRefusal } from './goods-refusal.ts'

export interface SeenPrice {
  customerRef: string
  /** One per variant. */
  lines: readonly WantedLine[]
  /** Where it is sent, or collected. */
  to: { kind: 'Address' | 'Shop'; country: string }
  voucherCodes: readonly string[]
  shippingMethodId: string | null
  expectedTotalMinor: bigint
}

export type PriceRefusal =
  | GoodsRefusal
  | { kind: 'InvalidInputError'; message: string; field: string }
  | { kind: 'VoucherRefusedError'; message: string; code: string; reason: VoucherRefusal }
  | { kind: 'PriceChangedError'; message: string; currency: string; expected: bigint; actual: bigint }

export function notSoldHere(variantIds: string[]): GoodsRefusal {
  const message = 'Some pieces are not sold in this market. Remove them and try again.'
  return { kind: 'NotSoldHereError', message, variantIds }
}

export function voucherRefused(code: string, reason: VoucherRefusal): PriceRefusal {
  const message = 'This code cannot be used for this order. Remove it and look at the total again.'
  return { kind: 'VoucherRefusedError', message, code, reason }
}

/** Prices an order anew and insists on the total that the shopper saw; every code must count. */
export async function priceAsSeen(
  tx: Tx,
  seen: SeenPrice,
  market: MarketRules,
  refuse: Refuse<PriceRefusal>,
  now: Date,
): Promise<{ basket: Basket; vouchers: JudgedVoucher[] }> {
  const { shippingMethodId } = seen
  const { country } = seen.to
  if (!market.countries.includes(country)) {
    refuse({
      kind: 'InvalidInputError',
      message: `This market delivers to ${market.countries.join(', ')}.`,
      field: 'shippingAddress.country',
    })
  }
  const { basket, vouchers } = await findPrice(
    sourcesOf(tx, { marketId: market.id, customerRef: seen.customerRef, at: now, givesGifts: true }),
    {
      market,
      country,
      wanted: seen.lines,
      voucherCodes: seen.voucherCodes,
      at: now,
      delivery: { methodId: shippingMethodId, kind: seen.to.kind === 'Shop' ? 'PICKUP' : 'COURIER' },
    },
  )
  if (basket.notSoldHere.length > 0) refuse(notSoldHere(basket.notSoldHere))
  if (basket.totalMinor > largestMinor) {
    refuse({ kind: 'InvalidInputError', message: 'This is more than one order can hold.', field: 'lines' })
  }
  // To have it collected is free where there is no tariff for it.
  const isServed = basket.shipping !== null || seen.to.kind === 'Shop' || market.shippingMethods.length === 0
  if (!isServed || (shippingMethodId !== null && basket.shipping?.method.id !== shippingMethodId)) {
    refuse({
      kind: 'InvalidInputError',
      message: 'This order cannot be sent that way. Choose another way of delivery.',
      field: 'shippingMethodId',
    })
  }
  vouchersInUse({ basket, vouchers }, refuse)
  if (basket.totalMinor !== seen.expectedTotalMinor) {
    refuse({
      kind: 'PriceChangedError',
      message: 'The total has changed. Look at it again before you order.',
      currency: basket.currency,
      expected: seen.expectedTotalMinor,
      actual: basket.totalMinor,
    })
  }
  return { basket, vouchers }
}

/** The vouchers that the order uses: all that were given, or the order is refused. */
export function vouchersInUse(
  priced: { basket: Basket; vouchers: readonly JudgedVoucher[] },
  refuse: Refuse<PriceRefusal>,
): VoucherFacts[] {
  return judgeByEffect(priced.vouchers, priced.basket).map(({ code, voucher, refusal }) =>
    voucher && refusal === null ? voucher : refuse(voucherRefused(code, refusal ?? 'UNKNOWN')),
  )
}
