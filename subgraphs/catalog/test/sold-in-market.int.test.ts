import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#platform/ids/uuid.ts'
import type { ProductInput, VariantInput } from '../domain/product.ts'
import { saveCollection } from '../usecases/save-collection.ts'
import { saveProduct } from '../usecases/save-product.ts'
import { aProduct, aVariant, startCatalog, type TestCatalog } from './catalog-fixture.ts'
import { countStatements } from './count-statements.ts'

type Prices = VariantInput['prices']

const cost = { amountMinor: 100_00n, compareAtMinor: null }
const inFrance: Prices = { FR: cost }
const inAmerica: Prices = { US: cost }

let catalog: TestCatalog

const save = (slug: string, variants: VariantInput[], changes: Partial<ProductInput> = {}) =>
  catalog.database.transact((tx) =>
    saveProduct(tx, aProduct(slug, { variants, ...changes }), catalog.clock.now()),
  )

// Every third of thirty is sold in America only; the others there too, and in France. Besides them, what only seems to be
// sold in France.
const slugs = Array.from({ length: 30 }, (_, n) => `tote-${String(n).padStart(2, '0')}`)
const french = slugs.filter((_, n) => n % 3 !== 0)
const seeming = ['retired', 'ended', 'draft']

beforeAll(async () => {
  catalog = await startCatalog()
  for (const slug of slugs) {
    const prices = french.includes(slug) ? { ...inFrance, ...inAmerica } : inAmerica
    // Two variants, so that a product found by each of them would be counted twice.
    await save(slug, [aVariant(`${slug}-N`, { prices }), aVariant(`${slug}-I`, { prices })])
    catalog.clock.advance(1_000)
  }
  await save('retired', [
    aVariant('R-N', { prices: inAmerica }),
    aVariant('R-I', { options: { color: 'ivoire' }, prices: inFrance }),
  ])
  await save('retired', [aVariant('R-N', { prices: inAmerica })])
  await save('ended', [aVariant('E-N', { prices: { ...inFrance, ...inAmerica } })])
  catalog.clock.advance(1_000)
  await save('ended', [aVariant('E-N', { prices: { FR: null, ...inAmerica } })])
  await save('draft', [aVariant('D-N', { prices: inFrance })], { status: 'DRAFT' })
  await catalog.database.transact((tx) =>
    saveCollection(
      tx,
      {
        slug: 'all',
        position: 0,
        names: { en: 'All' },
        descriptions: {},
        productSlugs: [...seeming, ...slugs],
      },
      catalog.clock.now(),
    ),
  )
  catalog.clock.advance(1_000)
}, 60_000)
afterAll(() => catalog.close())

interface Page {
  nodes: { slug: string; priceRange: object | null }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: number
}

const lists = {
  products: (args: string) => `list: products(${args})`,
  search: (args: string) => `list: search(query: "bag", ${args})`,
  'Collection.products': (args: string) => `collection(slug: "all") { list: products(${args})`,
}
type List = keyof typeof lists

async function ask(list: List, variables: { market: string | null; first?: number; after?: string | null }) {
  const field = lists[list]('first: $first, after: $after, market: $market')
  const { data, errors } = await catalog.query<{ list?: Page; collection?: { list: Page } }>(
    `query ($market: ID, $first: Int, $after: String) {
      ${field} {
        nodes { slug priceRange(market: "FR") { min { amount } } } pageInfo { hasNextPage endCursor } totalCount
      } ${field.includes('{') ? '}' : ''}
    }`,
    { first: 100, ...variables },
  )
  expect(errors).toBeUndefined()
  const page = data.list ?? data.collection?.list
  if (!page) throw new Error(JSON.stringify(data))
  return page
}

const slugsOf = (page: Page) => page.nodes.map((node) => node.slug)
const names = Object.keys(lists) as List[]

test.each(names)('%s shows, counts and pages through what is sold in the market', async (list) => {
  const found: string[] = []
  let after: string | null = null
  for (;;) {
    const page: Page = await ask(list, { market: 'FR', first: 7, after })
    expect(page.totalCount).toBe(french.length)
    expect(page.nodes.map((node) => node.priceRange)).not.toContain(null)
    found.push(...slugsOf(page))
    after = page.pageInfo.endCursor
    if (!page.pageInfo.hasNextPage) break
    expect(page.nodes).toHaveLength(7)
  }
  expect([...found].sort()).toEqual(french)
  if (list === 'products') expect(found).toEqual([...french].reverse())
  if (list === 'Collection.products') expect(found).toEqual(french)
})

test.each(names)('%s without a market shows all that is on sale', async (list) => {
  const page = await ask(list, { market: null })
  expect(page.totalCount).toBe(slugs.length + 2)
  expect(page.nodes).toHaveLength(slugs.length + 2)
})

test.each(names)('%s shows nothing in a market that does not exist', async (list) => {
  for (const market of ['XX', '', '\0', '\ud800', "' OR true --", 'x'.repeat(10_000)]) {
    const { totalCount, nodes, pageInfo } = await ask(list, { market })
    expect({ totalCount, nodes, pageInfo }, market.slice(0, 20)).toEqual({
      totalCount: 0,
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    })
  }
})

test.each(names)('%s shows a product from the moment its price begins until it ends', async (list) => {
  const variant = await catalog.database.prisma.productVariant.findUniqueOrThrow({ where: { sku: 'R-N' } })
  const at = (seconds: number) => new Date(catalog.clock.now().getTime() + seconds * 1_000)
  await catalog.database.prisma.price.create({
    data: {
      id: uuidv7(),
      variantId: variant.id,
      marketId: 'FR',
      currency: 'EUR',
      amountMinor: 1n,
      validFrom: at(10),
      validTo: at(20),
    },
  })
  const isShown = async () => slugsOf(await ask(list, { market: 'FR' })).includes('retired')
  expect(await isShown()).toBe(false)
  catalog.clock.advance(10_000)
  expect(await isShown()).toBe(true)
  catalog.clock.advance(10_000)
  expect(await isShown()).toBe(false)
})

test('a misspelt word finds what is sold here, even when it is the name of what is sold elsewhere', async () => {
  await save('escarpn', [aVariant('X-N', { prices: inAmerica })], { names: { en: 'Escarpn' } })
  await save('escarpin', [aVariant('Y-N', { prices: inFrance })], { names: { en: 'Escarpin' } })
  const search = async (market: string) => {
    const { data } = await catalog.query<{ search: { nodes: { slug: string }[] } }>(
      'query ($market: ID) { search(query: "escarpn", market: $market) { nodes { slug } } }',
      { market },
    )
    return data.search.nodes.map((node) => node.slug)
  }
  expect(await search('US')).toEqual(['escarpn'])
  expect(await search('FR')).toEqual(['escarpin'])
})

test('however many lists of however many markets are asked for, the collections are read at once', async () => {
  const sent = countStatements(catalog.database)
  const askFor = async (markets: string[], first: number) => {
    sent.length = 0
    const fields = markets.map(
      (market) =>
        `${market}: products(first: ${String(first)}, market: "${market}") { totalCount nodes { slug } }`,
    )
    const { data, errors } = await catalog.query<{
      collections: Record<string, { totalCount: number; nodes: object[] }>[]
    }>(`{ collections { ${fields.join(' ')} } }`)
    expect(errors).toBeUndefined()
    return { statements: [...sent], collection: data.collections[0] }
  }
  const one = await askFor(['FR'], 1)
  const three = await askFor(['FR', 'US', 'JP'], 100)
  expect(three.statements.length, three.statements.join('\n')).toBe(one.statements.length)
  expect(one.statements.length).toBeGreaterThan(2)
  expect(three.collection).toMatchObject({
    FR: { totalCount: french.length },
    US: { totalCount: slugs.length + 2 },
    JP: { totalCount: 0, nodes: [] },
  })
})
