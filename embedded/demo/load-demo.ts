import type { Parts } from '#platform/server/parts.ts'
import { once } from '#platform/outbox/idempotency.ts'
import { lockProducts } from '#subgraphs/catalog/data/stored-product.ts'
import { openShop } from '#subgraphs/orders/usecases/open-shop.ts'
import { openWarehouse } from '#subgraphs/orders/usecases/open-warehouse.ts'
import { receiveStock } from '#subgraphs/orders/usecases/receive-stock.ts'
import { saveVoucher, type VoucherInUse } from '#subgraphs/orders/usecases/save-voucher.ts'
import { saveShippingMethod } from '#subgraphs/orders/usecases/save-shipping-method.ts'
import { saveCollection } from '#subgraphs/catalog/usecases/save-collection.ts'
import { saveMarket } from '#subgraphs/catalog/usecases/save-market.ts'
import { type SavePromotionRefusal, savePromotion } from '#subgraphs/catalog/usecases/save-promotion.ts'
import { saveProducts } from '#subgraphs/catalog/usecases/save-products.ts'
import { createCustomer } from '#subgraphs/users/usecases/create-customer.ts'
import { createStaff } from '#subgraphs/users/usecases/create-staff.ts'
import type { Subgraphs } from '../create-subgraphs.ts'
import { demoCollections, demoProducts } from './catalogue/catalogue.ts'
import { demoDeliveries } from './deliveries.ts'
import { demoMarkets } from './markets.ts'
import { demoCustomers, demoStaff } from './people.ts'
import { demoPromotions } from './promotions.ts'
import { demoVouchers } from './vouchers.ts'
import { demoShops, demoWarehouses } from './shops.ts'
import { toProductInput } from './to-product-input.ts'

type OnProgress = (message: string, done?: { count: number; of: number }) => void

export interface DemoTargets extends Pick<Subgraphs, 'users' | 'catalog' | 'orders'> {
  parts: Pick<Parts, 'blobs' | 'clock'>
  onProgress: OnProgress
}

/** Lines of one delivery note; each is told, so a note is kept short. */
const linesPerNote = 100
const productsAtOnce = 20

/**
 * Fills the house with its demo: markets, boutiques, people, the catalogue without pictures, and stock. It enters by the
 * use cases that staff would use, so everything is told as it would be. Repeating it, also after it was cut off, brings
 * nothing twice.
 */
export async function loadDemo(targets: DemoTargets): Promise<void> {
  const { users, catalog, orders, parts, onProgress } = targets
  const now = parts.clock.now()
  const isLoaded = await catalog.database.pool.query(
    `SELECT FROM idempotency_keys WHERE scope = 'demo' AND key = 'loaded'`,
  )
  if (isLoaded.rowCount === 1) return

  for (const [position, market] of demoMarkets.entries()) {
    const { id: marketId, ...rest } = market
    const input = {
      ...rest,
      marketId,
      position,
      countries: [...rest.countries],
      locales: [...rest.locales],
      taxRates: rest.taxRates.map((rate) => ({ ...rate })),
    }
    await catalog.database.transact((tx) => saveMarket(tx, input))
  }
  await orders.database.transact(async (tx) => {
    for (const { market: marketId, ...shop } of demoShops)
      await openShop(tx, { ...shop, marketId, country: marketId })
    for (const delivery of demoDeliveries) await saveShippingMethod(tx, delivery)
    for (const { shopCode, ...warehouse } of demoWarehouses) {
      const shopId = demoShops.find((shop) => shop.code === shopCode)?.id ?? null
      await openWarehouse(tx, { ...warehouse, shopId })
    }
  })
  for (const customer of demoCustomers) await createCustomer(users.database, customer, now)
  for (const person of demoStaff) await createStaff(users.database, person, now)

  const firstVariantIds = new Map<string, string>()
  const stock = new Map<string, { variantId: string; quantity: number }[]>()
  for (let from = 0; from < demoProducts.length; from += productsAtOnce) {
    onProgress('filling the shelves', { count: from, of: demoProducts.length })
    const products = demoProducts.slice(from, from + productsAtOnce)
    const saved = await catalog.database.transact(async (tx) => {
      const stored = await lockProducts(
        tx,
        products.map(({ slug }) => slug),
        now,
      )
      const changes = products.map((product) => ({
        before: stored.get(product.slug) ?? null,
        after: toProductInput(product),
      }))
      return saveProducts(tx, changes, now)
    })
    const variantIds = new Map(saved.flatMap((product) => [...product.variantIds]))
    for (const { slug, variantIds: ids } of saved) {
      const [first] = ids.values()
      if (first !== undefined) firstVariantIds.set(slug, first)
    }
    for (const variant of products.flatMap((product) => product.variants)) {
      const variantId = variantIds.get(variant.sku)
      if (variantId === undefined) throw new Error(`${variant.sku} was not saved`)
      for (const [warehouseCode, quantity] of Object.entries(variant.stock)) {
        if (quantity > 0)
          stock.set(warehouseCode, [...(stock.get(warehouseCode) ?? []), { variantId, quantity }])
      }
    }
  }
  const collectionIds = new Map<string, string>()
  for (const collection of demoCollections) {
    const productSlugs = demoProducts
      .filter((product) => product.collections.includes(collection.slug))
      .map((product) => product.slug)
    const { id } = await catalog.database.transact((tx) =>
      saveCollection(tx, { ...collection, productSlugs }, now),
    )
    collectionIds.set(collection.slug, id)
  }
  const promotions = demoPromotions({
    collectionId: (slug) => known(collectionIds, slug),
    firstVariantId: (slug) => known(firstVariantIds, slug),
  })
  for (const { key, ...promotion } of promotions) {
    const given = { ...promotion, id: null, version: null, idempotencyKey: key, savedBy: 'demo' }
    const { promotionId } = await catalog.database.transact((tx) =>
      savePromotion(tx, given, { refuse: failed, now }),
    )
    if (!promotion.needsVoucher) continue
    for (const voucher of demoVouchers) {
      const terms = { ...voucher, promotionId, startsAt: null, endsAt: null, isActive: true }
      await orders.database.transact((tx) => saveVoucher(tx, terms, failed, now))
    }
  }
  for (const [warehouseCode, lines] of stock) {
    for (let from = 0; from < lines.length; from += linesPerNote) {
      const reference = `demo-${warehouseCode}-${String(from)}`
      const delivery = { warehouseCode, reference, lines: lines.slice(from, from + linesPerNote) }
      await orders.database.transact((tx) =>
        once(tx, { scope: 'demo', key: reference, fingerprint: '' }, () => receiveStock(tx, delivery, now)),
      )
    }
  }
  await catalog.database.transact((tx) =>
    once(tx, { scope: 'demo', key: 'loaded', fingerprint: '' }, () => Promise.resolve(null)),
  )
}

function known(ids: ReadonlyMap<string, string>, slug: string): string {
  const id = ids.get(slug)
  if (id === undefined) throw new Error(`The demo has no ${slug}`)
  return id
}

function failed(refusal: SavePromotionRefusal | VoucherInUse): never {
  throw new Error(refusal.message)
}
