import { afterAll, expect, test } from 'vitest'
import { marketChanged } from '#contracts/catalog.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { clerk, merchandiser, startCatalog } from './catalog-fixture.ts'

const catalog = await startCatalog()
afterAll(() => catalog.close())

interface Outcome {
  kind: string
  field?: string
  currentVersion?: number
  market?: { version: number; taxRates: object[] }
}

const rate = {
  country: 'FR',
  taxCategory: 'standard',
  ratePpm: 200_000,
  validFrom: '2014-01-01T00:00:00.000Z',
}
const input = (over: Record<string, unknown> = {}) => ({
  id: 'FR',
  version: 1,
  names: [{ locale: 'en', text: 'France' }],
  currency: 'EUR',
  countries: ['FR', 'MC'],
  locales: ['fr', 'en'],
  pricesIncludeTax: true,
  taxRounding: 'LINE',
  roundingMode: 'HALF_UP',
  reservationMinutes: 15,
  bankTransferDays: 3,
  taxRates: [rate],
  position: 0,
  idempotencyKey: uuidv7(),
  ...over,
})

async function save(given: object, identity = merchandiser): Promise<Outcome> {
  const { data, errors } = await catalog.query<{ saveMarket: Outcome } | null>(
    `mutation ($input: SaveMarketInput!) { saveMarket(input: $input) {
      kind: __typename ... on InvalidInputError { field } ... on VersionConflictError { currentVersion }
      ... on SaveMarketSuccess { market { version taxRates { country ratePpm validFrom } } }
    } }`,
    { input: given },
    identity,
  )
  if (!data) throw new Error(String(errors?.[0]?.extensions?.code))
  await catalog.settle()
  return data.saveMarket
}

const told = (marketId: string) =>
  catalog.published(marketChanged).filter(({ payload }) => payload.marketId === marketId)

test('a market is saved with rates that begin on their days, told once, and only of the version that was read', async () => {
  const next = { ...rate, ratePpm: 205_000, validFrom: '2027-01-01T00:00:00.000Z' }
  const given = input({ taxRates: [rate, next] })
  const first = await save(given)
  expect(first).toMatchObject({
    market: { version: 2, taxRates: [{ ratePpm: 200_000 }, { ratePpm: 205_000 }] },
  })
  expect(await save(given)).toEqual(first)
  expect(told('FR').map(({ payload }) => [payload.bankTransferDays, payload.taxRates.length])).toEqual([
    [null, 1],
    [3, 2],
  ])
  expect(await save(input())).toEqual({ kind: 'VersionConflictError', currentVersion: 2 })
  expect(await save(input({ version: null }))).toEqual({ kind: 'VersionConflictError', currentVersion: 2 })
})

test('a new market is made', async () => {
  const kuwait = {
    id: 'KW',
    version: null,
    currency: 'KWD',
    countries: ['KW'],
    taxRates: [],
    bankTransferDays: null,
  }
  expect(await save(input(kuwait))).toMatchObject({ market: { version: 1 } })
  expect(told('KW')).toHaveLength(1)
})

test.each<[string, Record<string, unknown>]>([
  ['id', { id: 'XX' }],
  ['currency', { currency: 'USD', version: 2 }],
  ['currency', { currency: 'XXX' }],
  ['countries.0', { countries: ['fr'] }],
  ['countries', { countries: [] }],
  ['locales', { locales: ['fr', 'fr'] }],
  ['taxRates', { taxRates: [rate, rate] }],
  ['taxRates', { taxRates: [{ ...rate, country: 'DE' }] }],
  ['taxRates.0.ratePpm', { taxRates: [{ ...rate, ratePpm: 1_000_001 }] }],
  ['bankTransferDays', { bankTransferDays: 0 }],
])('%s is refused in %j', async (field, over) => {
  expect(await save(input(over))).toEqual({ kind: 'InvalidInputError', field })
})

test('a clerk may not', async () => {
  await expect(save(input(), clerk)).rejects.toThrow('FORBIDDEN')
})
