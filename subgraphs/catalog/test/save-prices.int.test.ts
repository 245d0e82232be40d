import { afterAll, expect, test } from 'vitest'
import { productChanged } from '#contracts/catalog.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { saveProduct } from '../usecases/save-product.ts'
import { aProduct, clerk, merchandiser, startCatalog } from './catalog-fixture.ts'

const catalog = await startCatalog()
afterAll(() => catalog.close())

interface Outcome {
  kind: string
  field?: string
  index?: number
  variants?: { sku: string; price: { current: { minorUnits: string } } | null }[]
}

async function aSoldVariant(slug: string): Promise<string> {
  const saved = await catalog.database.transact((tx) => saveProduct(tx, aProduct(slug), catalog.clock.now()))
  await catalog.settle()
  return saved.variantIds.get(`${slug}-N`) ?? ''
}

async function save(prices: object[], idempotencyKey = uuidv7(), identity = merchandiser): Promise<Outcome> {
  const { data, errors } = await catalog.query<{ savePrices: Outcome } | null>(
    `mutation ($input: SavePricesInput!) { savePrices(input: $input) {
      kind: __typename ... on InvalidInputError { field } ... on PriceOverlapError { index }
      ... on SavePricesSuccess { variants { sku price(market: "FR") { current { minorUnits } } } }
    } }`,
    { input: { prices, idempotencyKey } },
    identity,
  )
  if (!data) throw new Error(String(errors?.[0]?.extensions?.code))
  await catalog.settle()
  return data.savePrices
}

const inHours = (hours: number) => new Date(catalog.clock.now().getTime() + hours * 3_600_000).toISOString()
const lastTold = (variantId: string) => {
  const told = catalog
    .published(productChanged)
    .filter(({ payload }) => payload.variants.some((variant) => variant.variantId === variantId))
  const payload = told.at(-1)?.payload
  const prices = payload?.variants[0]?.prices.filter(({ marketId }) => marketId === 'FR')
  return {
    times: told.length,
    isListedAsBefore: payload?.isListedAsBefore,
    prices: prices?.map((price) => [price.amountMinor, price.validFrom, price.validTo]),
  }
}

test('a price from now ends the old one in the same moment, and is told once however often the key is repeated', async () => {
  const variantId = await aSoldVariant('now')
  catalog.clock.advance(1_000)
  const key = uuidv7()
  const price = { variantId, market: 'FR', amount: '180000', compareAt: '195000' }
  const first = await save([price], key)
  expect(first).toMatchObject({ variants: [{ sku: 'now-N', price: { current: { minorUnits: '180000' } } }] })
  expect(await save([price], key)).toEqual(first)
  expect(lastTold(variantId)).toEqual({
    times: 1,
    isListedAsBefore: true,
    prices: [['180000', catalog.clock.now().toISOString(), null]],
  })
})

test('a price to come is told at once, holds from its moment on, and is told again then and when it ends', async () => {
  const variantId = await aSoldVariant('later')
  const moments = [inHours(1), inHours(2)]
  const to = (index: number) => moments[index] ?? ''
  const amount = { variantId, market: 'FR' }
  const outcome = await save([
    { ...amount, amount: '150000', validFrom: to(0), validTo: to(1) },
    { ...amount, amount: '195000', validFrom: to(1) },
  ])
  expect(outcome.variants?.[0]?.price?.current.minorUnits).toBe('195000')
  expect(lastTold(variantId).prices?.map(([minor, , end]) => [minor, end])).toEqual([
    ['195000', to(0)],
    ['150000', to(1)],
    ['195000', null],
  ])
  for (const [times, minor] of [
    [2, '150000'],
    [3, '195000'],
  ] as const) {
    catalog.clock.advance(3_600_000)
    await Promise.all([catalog.runJob('due'), catalog.runJob('due')])
    await catalog.settle()
    const told = lastTold(variantId)
    // A list of what is sold may have gained or lost it.
    expect([told.times, told.isListedAsBefore, told.prices?.[0]?.[0]]).toEqual([times, false, minor])
  }
})

test('a price that would hold beside another is refused with its place, and nothing of the others is saved', async () => {
  const variantId = await aSoldVariant('beside')
  const price = { variantId, market: 'FR', amount: '1' }
  await save([{ ...price, validFrom: inHours(10), validTo: inHours(20) }])
  const outcome = await save([
    { ...price, market: 'JP' },
    { ...price, validFrom: inHours(15), validTo: inHours(16) },
  ])
  expect(outcome).toEqual({ kind: 'PriceOverlapError', index: 1 })
  expect(await catalog.database.prisma.price.count({ where: { variantId, marketId: 'JP' } })).toBe(1)
  const again = await save([{ ...price, amount: '2', validFrom: inHours(10), validTo: inHours(12) }])
  expect(again.kind).toBe('SavePricesSuccess')
  const kept = await catalog.database.prisma.price.findMany({ where: { variantId, marketId: 'FR' } })
  expect(kept).toHaveLength(2)
})

test('two who change one price at the same time are both heard, one after the other', async () => {
  const variantId = await aSoldVariant('race')
  catalog.clock.advance(1_000)
  const outcomes = await Promise.all(
    ['1', '2', '3', '4'].map((amount) => save([{ variantId, market: 'FR', amount }])),
  )
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['SavePricesSuccess']))
  expect(lastTold(variantId).prices).toHaveLength(1)
})

test.each<[string, Record<string, unknown>]>([
  ['prices.0.variantId', { variantId: uuidv7() }],
  ['prices.0.variantId', { variantId: 'nonsense' }],
  ['prices.0.market', { market: 'XX' }],
  ['prices.0.amount', { amount: '-1' }],
  ['prices.0.compareAt', { compareAt: '1000' }],
  ['prices.0.validFrom', { validFrom: '2020-01-01T00:00:00.000Z' }],
  ['prices.0.validTo', { validTo: '2020-01-01T00:00:00.000Z' }],
])('%s is refused in %j', async (field, over) => {
  const variantId = await aSoldVariant('refused')
  const price = { variantId, market: 'FR', amount: '1000', ...over }
  expect(await save([price])).toEqual({ kind: 'InvalidInputError', field })
})

test('a list of none or too many is refused, and a clerk altogether', async () => {
  const price = { variantId: uuidv7(), market: 'FR', amount: '1' }
  expect(await save([])).toMatchObject({ field: 'prices' })
  expect(await save(Array.from({ length: 101 }, () => price))).toMatchObject({ field: 'prices' })
  await expect(save([price], uuidv7(), clerk)).rejects.toThrow('FORBIDDEN')
})
