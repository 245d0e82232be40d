import { uuidv7 } from '#platform/ids/uuid.ts'
import type { Tx } from '../data/catalog-database.ts'
import type { StoredPrice } from '../data/stored-product.ts'
import type { VariantInput } from '../domain/product.ts'

interface NewPrice {
  id: string
  variantId: string
  marketId: string
  currency: string
  amountMinor: bigint
  compareAtMinor: bigint | null
  validFrom: Date
  validTo: Date | null
}

/** What has to happen to prices; gathered for many variants and written at once. */
export interface PricePlan {
  ended: string[]
  made: NewPrice[]
}

/**
 * Plans that a variant costs from `now` on what `prices` says. A price that is announced for later stays and ends the
 * new one. Throws when a market is unknown.
 */
export function planPrices(
  plan: PricePlan,
  options: {
    variantId: string
    prices: VariantInput['prices']
    stored: readonly StoredPrice[]
    currencies: ReadonlyMap<string, string>
    now: Date
  },
): void {
  const { variantId, stored, currencies, now } = options
  for (const [marketId, price] of Object.entries(options.prices)) {
    const currency = currencies.get(marketId)
    if (currency === undefined) throw new Error(`There is no market ${marketId}`)
    const here = stored.filter((candidate) => candidate.marketId === marketId)
    const current = here.find((candidate) => candidate.validFrom <= now)
    if (current && price && isSame(current, price)) continue
    if (current) plan.ended.push(current.id)
    if (!price) continue
    const later = here
      .filter((candidate) => candidate.validFrom > now)
      .map((next) => next.validFrom.getTime())
    const validTo = later.length > 0 ? new Date(Math.min(...later)) : null
    plan.made.push({ id: uuidv7(), variantId, marketId, currency, ...price, validFrom: now, validTo })
  }
}

function isSame(
  a: Pick<StoredPrice, 'amountMinor' | 'compareAtMinor'>,
  b: Pick<StoredPrice, 'amountMinor' | 'compareAtMinor'>,
): boolean {
  return a.amountMinor === b.amountMinor && a.compareAtMinor === b.compareAtMinor
}

/** Writes the plan: ends first, since two prices may not overlap even for a moment. */
export async function writePrices(tx: Tx, plan: PricePlan, now: Date): Promise<void> {
  if (plan.ended.length > 0) {
    // A price that began at this very instant never held.
    await tx.price.deleteMany({ where: { id: { in: plan.ended }, validFrom: { gte: now } } })
    await tx.price.updateMany({ where: { id: { in: plan.ended } }, data: { validTo: now } })
  }
  if (plan.made.length > 0) await tx.price.createMany({ data: plan.made })
}
