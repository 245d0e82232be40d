import { z } from 'zod'
import { badInput, unavailable } from '#platform/errors/errors.ts'
import { type MoneyOutput, moneyColumns } from '#platform/graphql/money-output.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { type Basket, priceBasket, type WantedLine } from '../domain/price-basket.ts'
import { mergeLines } from '../domain/merge-lines.ts'
import { isMarketCode } from './market-code.ts'
import type { Loaders } from './loaders.ts'

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

/** Quotes a cart with the code that prices an order; null for an empty one. */
export async function quoteCart(
  reference: unknown,
  country: string | null,
  { loaders, now }: { loaders: Loaders; now: Date },
) {
  const parsed = cartReference.safeParse(reference)
  if (!parsed.success) throw badInput('This is not a cart that can be quoted.')
  const { lines, market: asked } = parsed.data
  if (lines.length === 0) return null
  const market = isMarketCode(asked.id) ? await loaders.market.load(asked.id) : null
  if (!market) throw unavailable('Prices of this market are not ready yet.')
  const goesTo = country ?? market.countries[0] ?? ''
  if (!market.countries.includes(goesTo)) {
    throw badInput(`This market delivers to ${market.countries.join(', ')}.`, { argument: 'country' })
  }
  const wanted = mergeLines(
    lines.map((line) => ({ variantId: normalId(line.variant.id), quantity: line.quantity })),
  )
  const known = wanted.filter((line) => isUuid(line.variantId))
  const [sellables, available] = await Promise.all([
    Promise.all(known.map((line) => loaders.sellable.load(line.variantId))),
    Promise.all(
      known.map((line) => loaders.availability.load({ variantId: line.variantId, marketId: market.id })),
    ),
  ])
  const basket = priceBasket({
    market,
    country: goesTo,
    wanted,
    sellables: new Map(
      sellables.flatMap((sellable) => (sellable ? [[sellable.variantId, sellable] as const] : [])),
    ),
    at: now,
    isDelivered: true,
  })
  const left = new Map(known.map((line, index) => [line.variantId, available[index] ?? 0]))
  return toQuote(basket, market.pricesIncludeTax, problemsOf(basket, wanted, left))
}

interface Problem {
  variant: { id: string }
  code: 'OUT_OF_STOCK' | 'NOT_SOLD_HERE'
  available: number
}

function problemsOf(
  basket: Basket,
  wanted: readonly WantedLine[],
  left: ReadonlyMap<string, number>,
): Problem[] {
  return wanted.flatMap<Problem>(({ variantId, quantity }) => {
    const variant = { id: variantId }
    if (basket.notSoldHere.includes(variantId)) return [{ variant, code: 'NOT_SOLD_HERE', available: 0 }]
    const available = left.get(variantId) ?? 0
    return available < quantity ? [{ variant, code: 'OUT_OF_STOCK', available }] : []
  })
}

function toQuote(basket: Basket, taxIncluded: boolean, problems: Problem[]) {
  const amount = (minorUnits: bigint): MoneyOutput => moneyColumns(basket.currency, minorUnits)
  return {
    lines: basket.lines.map((line) => ({
      variant: { id: line.variantId },
      quantity: line.quantity,
      unitPrice: amount(line.unitPriceMinor),
      total: amount(line.totalMinor),
    })),
    subtotal: amount(basket.subtotalMinor),
    shipping: amount(basket.shippingMinor),
    tax: amount(basket.taxMinor),
    taxIncluded,
    total: amount(basket.totalMinor),
    problems,
  }
}

function normalId(id: string): string {
  return isUuid(id) ? id.toLowerCase() : id
}
