import { afterAll, beforeEach, expect, test } from 'vitest'
import { productChanged } from '#contracts/catalog.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { saveCollection } from '../usecases/save-collection.ts'
import { merchandiser } from './catalog-fixture.ts'
import { countStatements } from './count-statements.ts'
import { startPromotions } from './promotion-fixture.ts'

const { catalog, collectionId, inDays, input, end, saved, toldOf } = await startPromotions()
afterAll(() => catalog.close())
beforeEach(() => catalog.database.prisma.promotion.deleteMany())

async function shelf(slug = 'bag-0') {
  const { data, errors } = await catalog.query<{ product: unknown }>(
    `query ($slug: String!) { product(slug: $slug) {
      priceRange(market: "FR") { min { minorUnits } max { minorUnits } compareAt { minorUnits } }
      variants { price(market: "FR") { current { minorUnits } compareAt { minorUnits } reductions { name(locale: "fr") amount { amount } } } }
    } }`,
    { slug },
  )
  expect(errors).toBeUndefined()
  return JSON.parse(JSON.stringify(data.product).replaceAll(/\{"minorUnits":"(\d+)"\}/g, '$1')) as object
}

const full = {
  priceRange: { min: 100_000, max: 120_000, compareAt: null },
  variants: [
    { price: { current: 100_000, compareAt: null, reductions: [] } },
    { price: { current: 120_000, compareAt: 150_000, reductions: [] } },
  ],
}
const reduced = {
  priceRange: { min: 85_000, max: 102_000, compareAt: 100_000 },
  variants: [
    {
      price: {
        current: 85_000,
        compareAt: 100_000,
        reductions: [{ name: 'Été', amount: { amount: '150.00' } }],
      },
    },
    {
      price: {
        current: 102_000,
        compareAt: 150_000,
        reductions: [{ name: 'Été', amount: { amount: '180.00' } }],
      },
    },
  ],
}

test('the shelf shows the reduced price beside the former one, of the goods the promotion is about', async () => {
  expect(await shelf()).toEqual(full)
  await saved({ actions: [{ percentage: { ppm: 150_000, goods: { collectionIds: [collectionId] } } }] })
  expect(await shelf()).toEqual(reduced)
  expect(await shelf('bag-2')).toEqual(full)
  await saved({ scope: 'ORDER' })
  expect(await shelf()).toEqual(reduced)
})

test('a promotion that begins and ends by time holds then, and is told again at both moments, once', async () => {
  const { id } = await saved({ startsAt: inDays(1), endsAt: inDays(2) })
  expect(await shelf()).toEqual(full)
  await catalog.runJob('due')
  await catalog.settle()
  expect(toldOf(id)).toHaveLength(1)
  for (const [expected, told] of [
    [reduced, 2],
    [full, 3],
  ] as const) {
    catalog.clock.advance(86_400_000)
    expect(await shelf()).toEqual(expected)
    await Promise.all([catalog.runJob('due'), catalog.runJob('due')])
    await catalog.settle()
    expect(toldOf(id)).toHaveLength(told)
  }
})

test('one that is ended holds no more; one that has not begun is switched off; the version must be right', async () => {
  const { id, version } = await saved()
  catalog.clock.advance(1)
  expect(await end(id, 7)).toMatchObject({ kind: 'VersionConflictError', currentVersion: version })
  expect(await end(id, version)).toMatchObject({
    kind: 'EndPromotionSuccess',
    promotion: { state: 'ENDED', version: 2 },
  })
  expect(await end(id, version)).toMatchObject({ kind: 'EndPromotionSuccess', promotion: { version: 2 } })
  expect(await shelf()).toEqual(full)
  expect(toldOf(id).at(-1)?.payload.endsAt).toBe(catalog.clock.now().toISOString())
  const later = await saved({ startsAt: inDays(1) })
  expect(await end(later.id, later.version)).toMatchObject({ promotion: { state: 'OFF' } })
  expect((await end(uuidv7(), 1)).kind).toBe('PromotionNotFoundError')
  expect((await end('nonsense', 1)).kind).toBe('PromotionNotFoundError')
})

test('a preview shows what a product would cost, beside what holds, and saves nothing', async () => {
  const running = await saved({ priority: 1, actions: [{ percentage: { ppm: 100_000 } }] })
  const preview = async (given: object, product = 'bag-0') => {
    const { data, errors } = await catalog.query<{
      previewPromotion: { kind: string; field?: string; variants?: unknown }
    }>(
      `query ($input: SavePromotionInput!, $product: String!) { previewPromotion(input: $input, market: "FR", product: $product) {
        kind: __typename ... on InvalidInputError { field }
        ... on PromotionPreview { variants { variant { sku } before { current { amount } } after { current { amount } } } }
      } }`,
      { input: given, product },
      merchandiser,
    )
    expect(errors).toBeUndefined()
    return data.previewPromotion
  }
  const price = (amount: string) => ({ current: { amount } })
  expect(await preview(input({ startsAt: inDays(9) }))).toMatchObject({
    variants: [
      { variant: { sku: 'P0-N' }, before: price('900.00'), after: price('765.00') },
      { variant: { sku: 'P0-I' }, before: price('1080.00'), after: price('918.00') },
    ],
  })
  expect(await preview(input({ id: running.id, version: 1 }))).toMatchObject({
    variants: [{ after: price('850.00') }, {}],
  })
  expect(await preview(input(), 'never')).toMatchObject({ kind: 'InvalidInputError', field: 'product' })
  expect(await preview(input({ scope: 'ORDER' }))).toMatchObject({ field: 'scope' })
  expect(await catalog.database.prisma.promotion.count()).toBe(1)
})

test('a collection tells what came and what went, and no more', async () => {
  const before = catalog.published(productChanged).length
  const collection = { slug: 'summer', names: { en: 'Summer' }, descriptions: {}, position: 0 }
  await catalog.database.transact((tx) =>
    saveCollection(tx, { ...collection, productSlugs: ['bag-1', 'bag-2'] }, catalog.clock.now()),
  )
  await catalog.settle()
  const told = catalog.published(productChanged).slice(before)
  const membership = told.map(({ payload }) => [payload.slug, payload.collectionIds])
  expect(new Map(membership as [string, string[]][])).toEqual(
    new Map([
      ['bag-0', []],
      ['bag-2', [collectionId]],
    ]),
  )
})

test('twelve reduced products take as many statements as one', async () => {
  await saved()
  const statements = countStatements(catalog.database)
  const ask = async (first: number) => {
    statements.length = 0
    const { errors } = await catalog.query(
      `{ products(first: ${String(first)}) { nodes {
        priceRange(market: "FR") { min { amount } compareAt { amount } }
        variants { price(market: "FR") { current { amount } reductions { name amount { amount } } } }
      } } }`,
    )
    expect(errors).toBeUndefined()
    return [...statements]
  }
  const one = await ask(1)
  const twelve = await ask(12)
  expect(twelve.length, twelve.join('\n')).toBe(one.length)
})
