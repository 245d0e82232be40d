import type { UsableVoucher } from './apply-promotions.ts'
import type { Basket } from './price-basket.ts'
import { isRunning, type Promotion } from './promotion.ts'

/** Why a code does nothing. */
export type VoucherRefusal =
  'UNKNOWN' | 'NOT_YET' | 'ENDED' | 'USED_UP' | 'USED_BY_CUSTOMER' | 'NOT_HERE' | 'NOT_MET' | 'REPEATED'

/** A code and what is known of it for one customer. */
export interface VoucherFacts {
  id: string
  code: string
  promotionId: string
  /** Null when orders has not heard of it yet. */
  promotion: Promotion | null
  limit: number | null
  perCustomerLimit: number | null
  used: number
  usedByCustomer: number
  /** Of both, those of the customer's own unpaid orders: a new order takes their place. */
  heldByCustomer: number
  startsAt: Date
  endsAt: Date | null
  isActive: boolean
}

export interface JudgedVoucher {
  /** As the house writes it, or as it was typed when the house has none such. */
  code: string
  voucher: VoucherFacts | null
  refusal: VoucherRefusal | null
}

/** Whether each code may be used, before anything is priced. The update that redeems it has the last word on limits. */
export function judgeVouchers(
  asked: readonly { code: string; voucher: VoucherFacts | null }[],
  sale: { marketId: string; at: Date },
): JudgedVoucher[] {
  const taken = new Set<string>()
  return asked.map(({ code, voucher }) => {
    const refusal = voucher ? refusalOf(voucher, sale) : 'UNKNOWN'
    if (!voucher || refusal !== null) return { code, voucher, refusal }
    if (taken.has(voucher.promotionId)) return { code, voucher, refusal: 'REPEATED' }
    taken.add(voucher.promotionId)
    return { code, voucher, refusal: null }
  })
}

function refusalOf(voucher: VoucherFacts, sale: { marketId: string; at: Date }): VoucherRefusal | null {
  const { limit, perCustomerLimit, heldByCustomer: own } = voucher
  if (!voucher.isActive) return 'UNKNOWN'
  if (voucher.startsAt > sale.at) return 'NOT_YET'
  if (voucher.endsAt !== null && voucher.endsAt <= sale.at) return 'ENDED'
  if (!voucher.promotion || !isRunning(voucher.promotion, sale.marketId, sale.at)) return 'NOT_HERE'
  if (limit !== null && voucher.used - own >= limit) return 'USED_UP'
  if (perCustomerLimit !== null && voucher.usedByCustomer - own >= perCustomerLimit) return 'USED_BY_CUSTOMER'
  return null
}

export function usableVouchers(judged: readonly JudgedVoucher[]): UsableVoucher[] {
  return judged.flatMap(({ voucher, refusal }) => (voucher && refusal === null ? [voucher] : []))
}

/** After pricing: a code whose promotion did nothing is refused too, so that it is not used up for nothing. */
export function judgeByEffect(judged: readonly JudgedVoucher[], basket: Basket): JudgedVoucher[] {
  const effective = new Set(
    [...basket.lines.flatMap((line) => line.discounts), ...basket.shippingDiscounts].map(
      (discount) => discount.voucherCode,
    ),
  )
  return judged.map((each) =>
    each.refusal === null && !effective.has(each.code) ? { ...each, refusal: 'NOT_MET' } : each,
  )
}
