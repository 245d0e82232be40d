import { afterAll, beforeAll, expect, test } from 'vitest'
import { marketChanged, productArchived, productChanged, productPublished } from '#contracts/catalog.ts'
import { stockChanged } from '#contracts/orders.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import type { ProductInput } from '../domain/product.ts'
import { saveMarket } from '../usecases/save-market.ts'
import { saveProduct } from '../usecases/save-product.ts'
import { aProduct, aVariant, startCatalog, type TestCatalog } from './catalog-fixture.ts'

let catalog: TestCatalog
beforeAll(async () => {
  catalog = await startCatalog()
})
afterAll(() => catalog.close())

async function save(product: ProductInput) {
  const saved = await catalog.database.transact((tx) => saveProduct(tx, product, catalog.clock.now()))
  await catalog.settle()
  return saved
}

const toldOf = (slug: string) =>
  [productPublished, productChanged, productArchived]
    .flatMap((event) => catalog.published(event))
    .filter((event) => event.payload.slug === slug)
    .sort((a, b) => a.sequence - b.sequence)

test('a product is told when it is published, changed and archived, whole, and never when nothing changed', async () => {
  const slug = 'cabas'
  await save(aProduct(slug, { status: 'DRAFT' }))
  expect(toldOf(slug)).toEqual([])
  await save(aProduct(slug))
  expect((await save(aProduct(slug))).outcome).toBe('unchanged')
  await save(aProduct(slug, { names: { en: 'Cabas', fr: 'Cabas' } }))
  await save(aProduct(slug, { names: { en: 'Cabas', fr: 'Cabas' }, status: 'ARCHIVED' }))
  const told = toldOf(slug)
  expect(told.map((event) => event.type)).toEqual([
    'product.published',
    'product.changed',
    'product.archived',
  ])
  expect(told[1]?.payload).toMatchObject({
    status: 'ACTIVE',
    names: { en: 'Cabas', fr: 'Cabas' },
    taxCategory: 'standard',
    variants: [
      {
        sku: 'cabas-N',
        optionsLabels: { en: 'Black', fr: 'Noir' },
        prices: [
          { marketId: 'FR', currency: 'EUR', amountMinor: '195000', compareAtMinor: null, validTo: null },
          { marketId: 'JP', currency: 'JPY', amountMinor: '310000' },
        ],
      },
    ],
  })
})

function listedAsBefore(slug: string): unknown {
  const told = toldOf(slug).at(-1)?.payload
  return told && 'isListedAsBefore' in told ? told.isListedAsBefore : undefined
}

test('a new price ends the old one; a market that is not named keeps its price, null withdraws it', async () => {
  const price = (amountMinor: bigint) => ({ amountMinor, compareAtMinor: null })
  await save(aProduct('priced'))
  catalog.clock.advance(60_000)
  const since = catalog.clock.now()
  await save(aProduct('priced', { variants: [aVariant('priced-N', { prices: { FR: price(200_000n) } })] }))
  const prices = await catalog.database.prisma.price.findMany({
    where: { variant: { sku: 'priced-N' } },
    orderBy: [{ marketId: 'asc' }, { validFrom: 'asc' }],
  })
  expect(prices.map(({ marketId, amountMinor, validTo }) => [marketId, amountMinor, validTo])).toEqual([
    ['FR', 195_000n, since],
    ['FR', 200_000n, null],
    ['JP', 310_000n, null],
  ])
  expect(listedAsBefore('priced')).toBe(true)
  await save(aProduct('priced', { variants: [aVariant('priced-N', { prices: { JP: null } })] }))
  // It is gone from every list of Japan.
  expect(listedAsBefore('priced')).toBe(false)
  const { data } = await catalog.query(
    '{ product(slug: "priced") { variants { fr: price(market: "FR") { current { amount } } jp: price(market: "JP") { current { amount } } } } }',
  )
  expect(data.product).toEqual({ variants: [{ fr: { current: { amount: '2000.00' } }, jp: null }] })
  // Again within the same instant: the price that never held goes.
  await save(aProduct('priced', { variants: [aVariant('priced-N', { prices: { FR: price(210_000n) } })] }))
  expect(toldOf('priced').at(-1)?.payload.variants[0]?.prices).toMatchObject([{ amountMinor: '210000' }])
})

test('the database itself refuses a second price at the same time', async () => {
  const { variantIds } = await save(aProduct('overlap'))
  const variantId = variantIds.get('overlap-N') ?? ''
  const row = {
    id: uuidv7(),
    variantId,
    marketId: 'FR',
    currency: 'EUR',
    amountMinor: 1n,
    validFrom: new Date('2030-01-01'),
  }
  await expect(catalog.database.prisma.price.create({ data: row })).rejects.toThrow(/prices_no_overlap/)
})

test('a variant that is not named is retired, keeps its id and can come back', async () => {
  const both = [aVariant('duo-N'), aVariant('duo-I', { options: { color: 'ivoire' } })]
  const { variantIds } = await save(aProduct('duo', { variants: both }))
  await save(aProduct('duo', { variants: both.slice(0, 1) }))
  expect(
    toldOf('duo')
      .at(-1)
      ?.payload.variants.map((variant) => variant.sku),
  ).toEqual(['duo-N'])
  const again = await save(aProduct('duo', { variants: both }))
  expect(again.variantIds.get('duo-I')).toBe(variantIds.get('duo-I'))
  expect(toldOf('duo').at(-1)?.payload.variants).toHaveLength(2)
})

test('an SKU of another product is refused and nothing is half-written', async () => {
  await save(aProduct('owner'))
  await expect(
    save(aProduct('thief', { variants: [aVariant('thief-1'), aVariant('owner-N')] })),
  ).rejects.toThrow(/belongs to another product/)
  expect(await catalog.database.prisma.product.count({ where: { slug: 'thief' } })).toBe(0)
})

test('a market is told once per change and cannot change its currency', async () => {
  const before = catalog.published(marketChanged)
  expect(before.map((event) => event.payload.marketId)).toEqual(['FR', 'JP', 'US'])
  const [france] = before
  if (!france) throw new Error('no market was told')
  const market = { ...france.payload, names: { en: 'Market FR' }, position: 0 }
  const run = (changed: typeof market) => catalog.database.transact((tx) => saveMarket(tx, changed))
  expect(await run(market)).toBe('unchanged')
  expect(await run({ ...market, reservationMinutes: 20 })).toBe('changed')
  await expect(run({ ...market, currency: 'USD' })).rejects.toThrow(/sells in EUR/)
  await catalog.settle()
  expect(catalog.published(marketChanged)).toHaveLength(4)
})

test('the newest stock is kept, whatever the order it is told in', async () => {
  const variantId = uuidv7()
  const tell = (sequence: number, available: number) =>
    catalog.publish(stockChanged, {
      aggregateId: variantId,
      sequence,
      payload: { variantId, markets: [{ marketId: 'FR', available }] },
    })
  await tell(2, 3)
  await tell(1, 9)
  await catalog.settle()
  const kept = await catalog.database.prisma.variantAvailability.findMany({ where: { variantId } })
  expect(kept).toMatchObject([{ marketId: 'FR', available: 3 }])
})
