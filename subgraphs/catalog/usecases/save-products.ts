import { uuidv7 } from '#platform/ids/uuid.ts'
import type { Tx } from '../data/catalog-database.ts'
import type { StoredProduct, StoredVariant } from '../data/stored-product.ts'
import { listingFace, type ProductInput, productFace, variantFace } from '../domain/product.ts'
import { indexProducts } from './index-products.ts'
import { planPrices } from './plan-prices.ts'
import { newPlan, type ProductPlan, toProductRow, toVariantRow, writePlan } from './product-plan.ts'
import { tellProducts } from './tell-products.ts'

export interface ProductChange {
  /** As `lockProducts` read it in this transaction; null when there is no such product. */
  before: StoredProduct | null
  after: ProductInput
}

export interface SavedProduct {
  id: string
  slug: string
  outcome: 'created' | 'changed' | 'unchanged'
  /** How many variants were made, changed or retired. */
  changedVariants: number
  /** Ids of the variants that are in it now. */
  variantIds: ReadonlyMap<string, string>
}

/**
 * Makes products what `after` says, and tells it. What is as it should be is neither written nor told. A number of
 * statements that depends on how many rows differ, not on how many products are given: an import saves 200 at once.
 */
export async function saveProducts(
  tx: Tx,
  changes: readonly ProductChange[],
  now: Date,
): Promise<SavedProduct[]> {
  const markets = await tx.market.findMany({ select: { id: true, currency: true } })
  const currencies = new Map(markets.map((market) => [market.id, market.currency]))
  const plan = newPlan()
  const saved = changes.map((change) => planProduct(plan, withKeptPrices(change), currencies, now))
  await writePlan(tx, plan, now)
  const changed = saved.filter((product) => product.outcome !== 'unchanged')
  if (changed.length > 0) {
    const ids = changed.map((product) => product.id)
    await indexProducts(tx, ids)
    await tellProducts(tx, ids, { ...plan, now })
  }
  return saved
}

/** `after` with the prices of the markets it does not name, so that faces can be compared. */
function withKeptPrices({ before, after }: ProductChange): ProductChange {
  const pricesBefore = new Map(before?.face.variants.map((variant) => [variant.sku, variant.prices]))
  const variants = after.variants.map((variant) => ({
    ...variant,
    prices: { ...pricesBefore.get(variant.sku), ...variant.prices },
  }))
  return { before, after: { ...after, variants } }
}

function planProduct(
  plan: ProductPlan,
  { before, after }: ProductChange,
  currencies: ReadonlyMap<string, string>,
  now: Date,
): SavedProduct {
  const id = before?.id ?? uuidv7()
  const { slug } = after
  const storedBySku = new Map(before?.variants.map((variant) => [variant.sku, variant]))
  const variantIds = new Map(
    after.variants.map(({ sku }): [string, string] => [sku, storedBySku.get(sku)?.id ?? uuidv7()]),
  )
  if (before && productFace(before.face) === productFace(after)) {
    return { id, slug, outcome: 'unchanged', changedVariants: 0, variantIds }
  }
  const row = toProductRow(id, after, before?.publishedAt ?? (after.status === 'ACTIVE' ? now : null))
  if (before) plan.changedProducts.push(row)
  else plan.newProducts.push(row)
  plan.statusBefore.set(id, before?.face.status ?? null)
  if (before && listingFace(before.face) === listingFace(after)) plan.listedAsBefore.add(id)

  const faceBySku = new Map(
    before?.face.variants.map((variant, position) => [variant.sku, { variant, position }]),
  )
  let changedVariants = 0
  for (const [position, variant] of after.variants.entries()) {
    const stored = storedBySku.get(variant.sku)
    const known = faceBySku.get(variant.sku)
    const variantId = variantIds.get(variant.sku) ?? uuidv7()
    const isSame = known !== undefined && variantFace(known.variant) === variantFace(variant)
    if (!isSame) changedVariants += 1
    if (!stored) plan.newVariants.push(toVariantRow(variantId, id, position, variant))
    else if (!isSame || known.position !== position) {
      plan.changedVariants.push(toVariantRow(variantId, id, position, variant))
    }
    planPrices(plan.prices, {
      variantId,
      prices: variant.prices,
      stored: stored?.prices ?? [],
      currencies,
      now,
    })
  }
  const gone = (before?.variants ?? []).filter((stored) => isGone(stored, variantIds))
  plan.retiredVariants.push(...gone.map((variant) => variant.id))
  changedVariants += gone.length
  return { id, slug, outcome: before ? 'changed' : 'created', changedVariants, variantIds }
}

function isGone(stored: StoredVariant, kept: ReadonlyMap<string, string>): boolean {
  return !stored.isRetired && !kept.has(stored.sku)
}
