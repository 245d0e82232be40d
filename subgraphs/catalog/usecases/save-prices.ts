import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { type InvalidInput, invalidInput } from '#platform/graphql/parse-input.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import type { Tx } from '../data/catalog-database.ts'
import { lockProductIds } from '../data/stored-product.ts'
import { placePrice, type Slot } from '../domain/price-schedule.ts'
import type { PriceAmounts } from '../domain/product.ts'
import { planRetellings } from './due-retellings.ts'
import { tellProducts } from './tell-products.ts'

export interface GivenPrice extends PriceAmounts {
  variantId: string
  marketId: string
  /** Null: from now on. */
  validFrom: Date | null
  /** Null: until the next one begins. */
  validTo: Date | null
}

export interface SavePrices {
  prices: readonly GivenPrice[]
  idempotencyKey: string
  savedBy: string
}

export interface PriceOverlap {
  kind: 'PriceOverlapError'
  message: string
  index: number
}

export type SavePricesRefusal = InvalidInput | PriceOverlap

interface PlannedPrice extends Slot, PriceAmounts {
  id: string
  variantId: string
  marketId: string
  currency: string
  state: 'stored' | 'cut' | 'new'
}

/** Sets prices, all or none, and tells their products. The same key of the same person does it once. */
export async function savePrices(
  tx: Tx,
  { prices, idempotencyKey, savedBy }: SavePrices,
  { refuse, now }: { refuse: Refuse<SavePricesRefusal>; now: Date },
): Promise<{ kind: 'SavePricesSuccess'; variantIds: string[] }> {
  const { result } = await once(
    tx,
    { scope: `savePrices:${savedBy}`, key: idempotencyKey, fingerprint: fingerprint(prices) },
    async () => {
      const variantIds = [...new Set(prices.map(({ variantId }) => variantId))]
      const { currencies, productIds } = await lockWhatIsPriced(tx, { prices, variantIds }, refuse)
      const stored = await tx.price.findMany({
        where: { variantId: { in: variantIds }, OR: [{ validTo: null }, { validTo: { gt: now } }] },
      })
      let planned: PlannedPrice[] = stored.map((price) => ({ ...price, state: 'stored' }))
      const replaced: string[] = []
      /** Products that begin to be sold in a market now. */
      const newlySold = new Set<string>()
      for (const [index, price] of prices.entries()) {
        const { variantId, marketId } = price
        const here = planned.filter((one) => one.variantId === variantId && one.marketId === marketId)
        const placed = placePrice(here, price, now)
        if (placed.kind === 'Overlap') return refuse(overlap(index))
        const gone = placed.replaced
        if (gone) planned = planned.filter((one) => one !== gone)
        if (gone && gone.state !== 'new') replaced.push(gone.id)
        if (placed.cut) {
          placed.cut.validTo = placed.slot.validFrom
          if (placed.cut.state === 'stored') placed.cut.state = 'cut'
        }
        const isSoldAnew = price.validFrom === null && !placed.cut && !gone
        const productId = productIds.get(variantId)
        if (isSoldAnew && productId !== undefined) newlySold.add(productId)
        const currency = currencies.get(marketId) ?? ''
        planned.push({ ...price, ...placed.slot, id: uuidv7(), currency, state: 'new' })
      }
      await write(tx, planned, replaced)
      const told = [...new Set(productIds.values())]
      await planRetellings(tx, momentsOf(planned, productIds), now)
      const listedAsBefore = new Set(told.filter((productId) => !newlySold.has(productId)))
      await tellProducts(tx, told, { listedAsBefore, now })
      return { variantIds }
    },
  )
  return { kind: 'SavePricesSuccess', ...result }
}

/** Locks the products, so that nobody else changes a price of theirs meanwhile; refuses what is not there. */
async function lockWhatIsPriced(
  tx: Tx,
  { prices, variantIds }: { prices: readonly GivenPrice[]; variantIds: string[] },
  refuse: Refuse<SavePricesRefusal>,
): Promise<{ currencies: ReadonlyMap<string, string>; productIds: ReadonlyMap<string, string> }> {
  const markets = await tx.market.findMany({ select: { id: true, currency: true } })
  const currencies = new Map(markets.map(({ id, currency }) => [id, currency]))
  const variants = await tx.productVariant.findMany({
    where: { id: { in: variantIds }, retiredAt: null },
    select: { id: true, productId: true },
  })
  const productIds = new Map(variants.map(({ id, productId }) => [id, productId]))
  for (const [index, { variantId, marketId }] of prices.entries()) {
    const path = `prices.${String(index)}`
    if (!productIds.has(variantId)) refuse(invalidInput(`${path}.variantId`, 'This piece is not sold.'))
    if (!currencies.has(marketId)) refuse(invalidInput(`${path}.market`, 'There is no such market.'))
  }
  await lockProductIds(tx, [...new Set(productIds.values())])
  return { currencies, productIds }
}

// Ends first, since two prices may not overlap even for a moment.
async function write(tx: Tx, planned: readonly PlannedPrice[], replaced: readonly string[]): Promise<void> {
  if (replaced.length > 0) await tx.price.deleteMany({ where: { id: { in: [...replaced] } } })
  const cut = planned.filter(({ state }) => state === 'cut')
  if (cut.length > 0) {
    await tx.$executeRaw`
      UPDATE prices SET valid_to = ended.valid_to
      FROM unnest(${cut.map(({ id }) => id)}::uuid[], ${cut.map(({ validTo }) => validTo)}::timestamptz[])
        AS ended (id, valid_to)
      WHERE prices.id = ended.id`
  }
  const made = planned.filter(({ state }) => state === 'new')
  await tx.price.createMany({ data: made.map(({ state: _state, ...row }) => row) })
}

function momentsOf(planned: readonly PlannedPrice[], productIds: ReadonlyMap<string, string>) {
  return planned.flatMap(({ variantId, validFrom, validTo }) => {
    const subjectId = productIds.get(variantId)
    if (subjectId === undefined) return []
    return [validFrom, validTo].flatMap((dueAt) =>
      dueAt ? [{ kind: 'PRODUCT' as const, subjectId, dueAt }] : [],
    )
  })
}

const overlap = (index: number): PriceOverlap => ({
  kind: 'PriceOverlapError',
  message: `Price ${String(index + 1)} would hold at the same time as another. Give it other days.`,
  index,
})
