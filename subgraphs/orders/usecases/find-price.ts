// Reads what a price depends on, then prices. Quotes, orders and sales in boutiques differ only in where they read from.
import { findAvailability } from '../data/find-availability.ts'
import { findPromotions } from '../data/find-promotions.ts'
import { findSellables } from '../data/find-sellables.ts'
import { findVouchers } from '../data/find-vouchers.ts'
import type { Tx } from '../data/tx.ts'
import {
  judgeByEffect,
  type JudgedVoucher,
  judgeVouchers,
  usableVouchers,
  type VoucherFacts,
} from '../domain/pricing/judge-vouchers.ts'
import { type Basket, priceBasket, type PricingRequest } from '../domain/pricing/price-basket.ts'
import { giftVariantIds, type Promotion } from '../domain/pricing/promotion.ts'
import type { SellableVariant } from '../domain/pricing/sellable.ts'
import { normalizeVoucherCode } from '../domain/voucher-code.ts'

export interface PriceSources {
  /** Those that need no voucher. */
  promotions(): Promise<readonly Promotion[]>
  vouchers(codes: readonly string[]): Promise<ReadonlyMap<string, VoucherFacts>>
  sellables(variantIds: readonly string[]): Promise<ReadonlyMap<string, SellableVariant>>
  /** Pieces of what may be given. */
  available(variantIds: readonly string[]): Promise<ReadonlyMap<string, number>>
}

export interface PriceRequest extends Pick<
  PricingRequest,
  'market' | 'country' | 'wanted' | 'at' | 'delivery'
> {
  /** As they were typed. */
  voucherCodes: readonly string[]
}

/** The number of statements depends on whether there are codes and gifts, never on how many. */
export async function findPrice(
  sources: PriceSources,
  { voucherCodes, ...request }: PriceRequest,
): Promise<{ basket: Basket; vouchers: JudgedVoucher[] }> {
  const { market, at, wanted } = request
  const codes = normalizeCodes(voucherCodes)
  const known = codes.flatMap((code) => code.normalized ?? [])
  const [running, facts] = await Promise.all([sources.promotions(), sources.vouchers(known)])
  const asked = codes.map(({ typed, normalized }) => {
    const voucher = normalized === null ? null : (facts.get(normalized) ?? null)
    return { code: normalized ?? typed, voucher }
  })
  const judged = judgeVouchers(asked, { marketId: market.id, at })
  const named = judged.flatMap(({ voucher, refusal }) =>
    refusal === null && voucher?.promotion ? [voucher.promotion] : [],
  )
  const promotions = [...new Map([...running, ...named].map((each) => [each.id, each])).values()]
  const gifts = giftVariantIds(promotions)
  const [sellables, available] = await Promise.all([
    sources.sellables([...new Set([...wanted.map((line) => line.variantId), ...gifts])]),
    gifts.length > 0 ? sources.available(gifts) : new Map<string, number>(),
  ])
  const offers = { promotions, vouchers: usableVouchers(judged) }
  const basket = priceBasket({ ...request, sellables, offers, available })
  return { basket, vouchers: judgeByEffect(judged, basket) }
}

/** Everything from the database, and gifts from what the market has. */
export function sourcesOf(
  tx: Tx,
  sale: { marketId: string; customerRef: string | null; at: Date; givesGifts: boolean },
): PriceSources {
  return {
    promotions: () => findPromotions(tx, [sale.marketId], sale.at),
    vouchers: (codes) => findVouchers(tx, codes, sale.customerRef),
    sellables: (variantIds) => findSellables(tx, variantIds),
    available: async (variantIds) => {
      if (!sale.givesGifts) return new Map()
      const asked = variantIds.map((variantId) => ({ variantId, marketId: sale.marketId }))
      const pieces = await findAvailability(tx, asked)
      return new Map(variantIds.map((variantId, index) => [variantId, pieces[index] ?? 0]))
    },
  }
}

/** Each code once. One that the house could not have made stays as it was typed, to be told. */
function normalizeCodes(typed: readonly string[]): { typed: string; normalized: string | null }[] {
  const codes = typed.map((text) => ({ typed: text.trim(), normalized: normalizeVoucherCode(text) }))
  return [...new Map(codes.map((code) => [code.normalized ?? code.typed, code])).values()]
}
