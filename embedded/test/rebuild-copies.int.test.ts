// A subgraph that starts when the catalogue has long been told ends with the same copy as one that heard everything.
import { afterAll, expect, test } from 'vitest'
import { productChanged } from '#contracts/catalog.ts'
import type { Envelope } from '#platform/events/envelope.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { startTestSubgraph } from '#platform/testing/start-test-subgraph.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { readCartConfig } from '#subgraphs/cart/config.ts'
import { createCart } from '#subgraphs/cart/service.ts'
import { aProduct, aVariant, merchandiser, startCatalog } from '#subgraphs/catalog/test/catalog-fixture.ts'
import { saveCollection } from '#subgraphs/catalog/usecases/save-collection.ts'
import { saveProduct } from '#subgraphs/catalog/usecases/save-product.ts'
import { saveProducts } from '#subgraphs/catalog/usecases/save-products.ts'
import { runRetelling } from '#subgraphs/catalog/usecases/run-retelling.ts'
import { readOrdersConfig } from '#subgraphs/orders/config.ts'
import { createOrders } from '#subgraphs/orders/service.ts'

const admin = testIdentity({ roles: ['ADMIN'] })
const startCart = () =>
  startTestSubgraph({
    name: 'cart',
    readConfig: readCartConfig,
    create: createCart,
    env: { TOKEN_SECRET: 'the-token-secret-of-a-test-0123456789' },
  })
const startOrders = () =>
  startTestSubgraph({
    name: 'orders',
    readConfig: readOrdersConfig,
    create: createOrders,
    env: { PAYMENT_TICKET_SECRET: 'a-secret-of-32-characters-or-more', DEFAULT_COURIER_REF: uuidv7() },
  })

const catalog = await startCatalog()
const [orders, lateOrders] = [await startOrders(), await startOrders()]
const [cart, lateCart] = [await startCart(), await startCart()]
afterAll(() => Promise.all([catalog, orders, lateOrders, cart, lateCart].map((subgraph) => subgraph.close())))

type Reader = typeof orders | typeof cart

async function hear(reader: Reader, told: readonly Envelope[]): Promise<void> {
  for (let from = 0; from < told.length; from += 20) {
    await Promise.all(told.slice(from, from + 20).map((envelope) => reader.parts.bus.publish(envelope)))
  }
  await reader.settle()
}

/** What a reader keeps of the catalogue, row by row. */
async function copyOf(reader: Reader, statements: readonly string[]): Promise<string[][]> {
  const copies: string[][] = []
  for (const statement of statements) {
    const rows = await reader.database.pool.query<{ row: object }>(
      `SELECT to_jsonb(kept) AS row FROM (${statement}) kept`,
    )
    copies.push(rows.rows.map(({ row }) => JSON.stringify(row)).sort())
  }
  return copies
}

const ofOrders = [
  'SELECT * FROM markets',
  'SELECT * FROM tax_rates',
  'SELECT * FROM sellables WHERE is_sold',
  'SELECT price.* FROM sellable_prices price JOIN sellables USING (variant_id) WHERE is_sold',
]
const ofCart = ['SELECT * FROM known_markets', 'SELECT * FROM known_variants']

const save = (slug: string, changes: Parameters<typeof aProduct>[1] = {}) =>
  catalog.database.transact((tx) => saveProduct(tx, aProduct(slug, changes), catalog.clock.now()))
const cheaper = (slug: string, amountMinor: bigint) =>
  save(slug, {
    variants: [aVariant(`${slug}-N`, { prices: { FR: { amountMinor, compareAtMinor: null } } })],
  })

test('a reader that starts from nothing, while changes go on, ends as one that heard everything', async () => {
  const slugs = Array.from({ length: 24 }, (_, n) => `bag-${String(n)}`)
  await catalog.database.transact((tx) =>
    saveProducts(
      tx,
      slugs.map((slug) => ({ before: null, after: aProduct(slug) })),
      catalog.clock.now(),
    ),
  )
  await save('bag-1', { variants: [aVariant('bag-1-I')] })
  await save('bag-2', { status: 'ARCHIVED' })
  await save('draft', { status: 'DRAFT' })
  await catalog.settle()

  const before = catalog.published().length
  const ask = () =>
    catalog.query<{ retellCatalog: { id: string; toldProducts: number; finishedAt: string | null } }>(
      'mutation ($key: ID!) { retellCatalog(idempotencyKey: $key) { id toldProducts finishedAt } }',
      { key: '0190a000-0000-4000-8000-000000000001' },
      admin,
    )
  const { data: asked } = await ask()
  expect((await ask()).data).toEqual(asked)
  const { clock, database } = catalog
  const retell = () => runRetelling({ database, clock, productsAtOnce: 5 }, new AbortController().signal)
  await Promise.all([
    // Two processes share the work.
    retell(),
    retell(),
    ...slugs.slice(14, 20).map((slug, n) => cheaper(slug, BigInt(n + 1))),
    save('newcomer'),
    catalog.database.transact((tx) =>
      saveCollection(
        tx,
        { slug: 'new', names: {}, descriptions: {}, position: 0, productSlugs: slugs.slice(0, 9) },
        clock.now(),
      ),
    ),
  ])
  await catalog.runJob('retelling')
  await catalog.settle()
  const { toldProducts, finishedAt } = (await ask()).data.retellCatalog
  expect([toldProducts >= 24, finishedAt]).toEqual([true, clock.now().toISOString()])

  const all = catalog.published()
  // Brokers bring events of different aggregates, and late ones of one, in any order.
  const late = all.slice(before).sort((a, b) => (a.eventId.slice(-6) < b.eventId.slice(-6) ? -1 : 1))
  await Promise.all([hear(orders, all), hear(cart, all), hear(lateOrders, late), hear(lateCart, late)])
  const kept = await copyOf(orders, ofOrders)
  expect(kept.map((rows) => rows.length > 0)).toEqual(ofOrders.map(() => true))
  expect(await copyOf(lateOrders, ofOrders)).toEqual(kept)
  expect(await copyOf(lateCart, ofCart)).toEqual(await copyOf(cart, ofCart))
  expect(catalog.published(productChanged).some(({ payload }) => payload.slug === 'draft')).toBe(false)
})

test('only an admin may ask', async () => {
  const { errors } = await catalog.query(
    'mutation ($key: ID!) { retellCatalog(idempotencyKey: $key) { id } }',
    { key: uuidv7() },
    merchandiser,
  )
  expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
})
