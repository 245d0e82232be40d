import { z } from 'zod'
import { badInput, unavailable } from '#platform/errors/errors.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type { PrismaClient, Shop } from '../data/generated/client.ts'
import type { MarketRules } from '../domain/pricing/market-rules.ts'
import type { WantedLine } from '../domain/pricing/price-basket.ts'
import type { SellableVariant } from '../domain/pricing/sellable.ts'
import { mergeLines } from '../domain/merge-lines.ts'
import { findPrice, sourcesOf } from '../usecases/find-price.ts'
import { voucherCodes } from './line-inputs.ts'
import type { Loaders } from './loaders.ts'
import { isMarketCode } from './market-code.ts'
import { problemsOf, toQuote } from './to-quote.ts'

/** A cart as the gateway passes it on from cart: believed only as far as it is well formed. */
const cartReference = z.object({
  id: z.string(),
  market: z.object({ id: z.string() }),
  lines: z
    .array(
      z.object({
        id: z.string(),
        quantity: z.int().min(1).max(99),
        variant: z.object({ id: z.string() }),
      }),
    )
    .max(100),
})

export interface QuoteArgs {
  country?: string | null
  voucherCodes?: string[] | null
  shippingMethodId?: string | null
  pickUpShopId?: string | null
}

interface Asking {
  loaders: Loaders
  prisma: PrismaClient
  /** Who looks at it, for what a voucher allows one customer; null for a visitor without a name. */
  customerRef: string | null
  now: Date
}

/** Quotes a cart with the code that prices an order; null for an empty one. */
export async function quoteCart(reference: unknown, args: QuoteArgs, asking: Asking) {
  const parsed = cartReference.safeParse(reference)
  if (!parsed.success) throw badInput('This is not a cart that can be quoted.')
  const codes = parseInput(voucherCodes, args.voucherCodes ?? [])
  if (codes.kind !== 'Parsed') throw badInput(codes.message, { argument: 'voucherCodes' })
  const { loaders, now: at } = asking
  const { lines, market: asked } = parsed.data
  if (lines.length === 0) return null
  const market = isMarketCode(asked.id) ? await loaders.market.load(asked.id) : null
  if (!market) throw unavailable('Prices of this market are not ready yet.')
  const shop = args.pickUpShopId == null ? null : await findShop(args.pickUpShopId, market, loaders)
  const country = shop?.country ?? args.country ?? market.countries[0] ?? ''
  if (!market.countries.includes(country)) {
    throw badInput(`This market delivers to ${market.countries.join(', ')}.`, { argument: 'country' })
  }
  const wanted = mergeLines(
    lines.map((line) => ({ variantId: normalId(line.variant.id), quantity: line.quantity })),
  )
  const [left, { basket, vouchers }] = await Promise.all([
    shop ? findLeftIn(shop.id, wanted, market, loaders) : findLeft(wanted, market, loaders),
    findPrice(quoteSources(market, asking), {
      market,
      country,
      wanted,
      voucherCodes: codes.value,
      at,
      delivery: {
        methodId: args.shippingMethodId?.toLowerCase() ?? null,
        ...(shop && { kind: 'PICKUP' as const }),
      },
    }),
  ])
  return toQuote(basket, vouchers, problemsOf(basket, wanted, left))
}

/** Pieces that can be bought of each variant. */
async function findLeft(
  wanted: readonly WantedLine[],
  market: MarketRules,
  loaders: Loaders,
): Promise<Map<string, number>> {
  const ids = wanted.map((line) => line.variantId).filter(isUuid)
  const pieces = await Promise.all(
    ids.map((variantId) => loaders.availability.load({ variantId, marketId: market.id })),
  )
  return new Map(ids.map((variantId, index) => [variantId, pieces[index] ?? 0]))
}

async function findShop(id: string, market: MarketRules, loaders: Loaders): Promise<Shop> {
  const shop = isUuid(id) ? await loaders.shop.load(id.toLowerCase()) : null
  if (shop?.marketId === market.id) return shop
  throw badInput('There is no such boutique in this market.', { argument: 'pickUpShopId' })
}

/** The same of what can be collected in one boutique. */
async function findLeftIn(
  shopId: string,
  wanted: readonly WantedLine[],
  market: MarketRules,
  loaders: Loaders,
): Promise<Map<string, number>> {
  const ids = wanted.map((line) => line.variantId).filter(isUuid)
  const shops = await Promise.all(
    ids.map((variantId) => loaders.availabilityInShops.load({ variantId, marketId: market.id })),
  )
  return new Map(
    ids.map((variantId, index) => [
      variantId,
      shops[index]?.find((there) => there.shopId === shopId)?.available ?? 0,
    ]),
  )
}

/** As for an order, but what several carts of one operation ask is read together. */
function quoteSources(market: MarketRules, { loaders, prisma, customerRef, now }: Asking) {
  const sources = sourcesOf(prisma, { marketId: market.id, customerRef, at: now, givesGifts: true })
  return {
    ...sources,
    promotions: async () => (await loaders.promotionsOf.load(market.id)) ?? [],
    sellables: async (variantIds: readonly string[]) => {
      const found = await Promise.all(variantIds.filter(isUuid).map((id) => loaders.sellable.load(id)))
      return new Map(found.flatMap(toEntry))
    },
    available: (variantIds: readonly string[]) =>
      findLeft(
        variantIds.map((variantId) => ({ variantId, quantity: 1 })),
        market,
        loaders,
      ),
  }
}

function toEntry(sellable: SellableVariant | null): [string, SellableVariant][] {
  return sellable ? [[sellable.variantId, sellable]] : []
}

function normalId(id: string): string {
  return isUuid(id) ? id.toLowerCase() : id
}
