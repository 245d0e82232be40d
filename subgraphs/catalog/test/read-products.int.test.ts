import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveCollection } from '../usecases/save-collection.ts'
import { saveProduct } from '../usecases/save-product.ts'
import { aProduct, aVariant, clerk, shopper, startCatalog, type TestCatalog } from './catalog-fixture.ts'
import { countStatements } from './count-statements.ts'

let catalog: TestCatalog
beforeAll(async () => {
  catalog = await startCatalog()
  await catalog.database.transact(async (tx) => {
    const now = catalog.clock.now()
    for (let n = 0; n < 60; n++) {
      const number = String(n).padStart(2, '0')
      await saveProduct(
        tx,
        aProduct(`tote-${number}`, {
          variants: [
            aVariant(`T${number}-N`, { barcode: `29900000000${number}` }),
            aVariant(`T${number}-I`, {
              options: { color: 'ivoire' },
              prices: { FR: { amountMinor: 210_050n, compareAtMinor: 250_000n } },
            }),
          ],
        }),
        now,
      )
    }
    await saveProduct(tx, aProduct('secret', { status: 'DRAFT' }), now)
    await saveProduct(tx, aProduct('gone', { status: 'ACTIVE' }), now)
    await saveProduct(tx, aProduct('gone', { status: 'ARCHIVED' }), now)
    for (const [position, slug] of ['travel', 'evening'].entries()) {
      await saveCollection(
        tx,
        {
          slug,
          position,
          names: { en: slug, fr: `${slug} (fr)` },
          descriptions: {},
          productSlugs: [
            'gone',
            'tote-00',
            ...Array.from({ length: 29 }, (_, n) => `tote-${String(59 - n)}`),
          ],
        },
        catalog.clock.now(),
      )
    }
  })
  await catalog.settle()
})
afterAll(() => catalog.close())

test('a product tells its texts in the language asked for, else English, and its prices by market', async () => {
  const { data, errors } = await catalog.query(`{
    product(slug: "tote-00") {
      slug status category
      fr: name(locale: "fr-CA") ja: name(locale: "ja") odd: name(locale: "constructor")
      options { code name(locale: "fr") values { code name swatch } }
      euro: priceRange(market: "FR") { min { currency minorUnits amount } max { amount } }
      yen: priceRange(market: "JP") { min { amount } max { amount } }
      nowhere: priceRange(market: "US") { min { amount } }
      variants {
        sku options { option value optionName(locale: "fr") valueName(locale: "fr") }
        price(market: "FR") { current { amount } compareAt { amount } }
        unknown: price(market: "\\u0000") { current { amount } }
        product { slug }
      }
      collections { slug }
    }
  }`)
  expect(errors).toBeUndefined()
  expect(data.product).toMatchObject({
    status: 'ACTIVE',
    fr: 'Sac tote-00',
    ja: 'Bag tote-00',
    odd: 'Bag tote-00',
    options: [{ code: 'color', name: 'Couleur', values: [{ name: 'Black', swatch: '#111111' }, {}] }],
    euro: { min: { currency: 'EUR', minorUnits: '195000', amount: '1950.00' }, max: { amount: '2100.50' } },
    yen: { min: { amount: '310000' }, max: { amount: '310000' } },
    nowhere: null,
    variants: [
      {
        sku: 'T00-N',
        options: [{ option: 'color', value: 'noir', optionName: 'Couleur', valueName: 'Noir' }],
        price: { current: { amount: '1950.00' }, compareAt: null },
        unknown: null,
        product: { slug: 'tote-00' },
      },
      { sku: 'T00-I', price: { current: { amount: '2100.50' }, compareAt: { amount: '2500.00' } } },
    ],
    collections: [{ slug: 'travel' }, { slug: 'evening' }],
  })
})

test.each(['secret', 'gone', 'never', '', '\0', '\ud800', 'x'.repeat(100_000)])(
  'the slug %j shows shoppers nothing',
  async (slug) => {
    const { data, errors } = await catalog.query('query ($slug: String!) { product(slug: $slug) { id } }', {
      slug,
    })
    expect(errors).toBeUndefined()
    expect(data.product).toBeNull()
  },
)

test('a reference to an archived product is resolved, to a draft only for staff, to nonsense never', async () => {
  const ids = await catalog.database.prisma.product.findMany({ where: { slug: { in: ['secret', 'gone'] } } })
  const idOf = (slug: string) => ids.find((product) => product.slug === slug)?.id ?? ''
  const representations = [idOf('gone'), idOf('secret'), 'nonsense'].map((id) => ({
    __typename: 'Product',
    id,
  }))
  const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Product { slug } } }'
  const asShopper = await catalog.query(query, { r: representations }, shopper)
  expect(asShopper.data._entities).toEqual([{ slug: 'gone' }, null, null])
  const asClerk = await catalog.query(query, { r: representations }, clerk)
  expect(asClerk.data._entities).toEqual([{ slug: 'gone' }, { slug: 'secret' }, null])
})

interface Page {
  nodes: { slug: string }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: number
}

const pageOf = async (field: string, after: string | null): Promise<Page> => {
  const { data, errors } = await catalog.query(
    `query ($after: String) { ${field.replace('PAGE', 'first: 7, after: $after')} { nodes { slug } pageInfo { hasNextPage endCursor } totalCount } ${field.includes('{') ? '}' : ''} }`,
    { after },
  )
  expect(errors).toBeUndefined()
  const found =
    data.products ?? (data.collection as { products: unknown } | undefined)?.products ?? data.search
  return found as Page
}

test.each([
  ['products(PAGE)', 60],
  ['collection(slug: "travel") { products(PAGE)', 30],
  ['search(query: "bag", PAGE)', 60],
])('the pages of %s hold each item once', async (field, total) => {
  const slugs: string[] = []
  let after: string | null = null
  for (;;) {
    const page: Page = await pageOf(field, after)
    expect(page.totalCount).toBe(total)
    slugs.push(...page.nodes.map((node) => node.slug))
    after = page.pageInfo.endCursor
    if (!page.pageInfo.hasNextPage) break
  }
  expect(slugs).toHaveLength(total)
  expect(new Set(slugs).size).toBe(total)
})

test.each([
  'products(first: 0)',
  'products(first: 101)',
  'products(after: "nonsense")',
  `products(after: "${Buffer.from('["a","b"]').toString('base64url')}")`,
  `products(after: "${Buffer.from('["2026-99-99T00:00:00.000Z","b"]').toString('base64url')}")`,
  `search(query: "x", after: "${Buffer.from('[1e300,"b"]').toString('base64url')}")`,
  `search(query: "${'x'.repeat(201)}")`,
])('%s is refused as bad input', async (field) => {
  const { errors } = await catalog.query(`{ ${field} { nodes { id } } }`)
  expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
})

test('fifty products take as many statements as one', async () => {
  const statements = countStatements(catalog.database)
  const ask = async (first: number) => {
    statements.length = 0
    const { errors } = await catalog.query(`{
      products(first: ${String(first)}) {
        totalCount
        nodes {
          name priceRange(market: "FR") { min { amount } } media(first: 1) { id derivatives { url } }
          collections { name hero { id } products(first: 3) { nodes { slug } totalCount } }
          variants { sku media { id } price(market: "FR") { current { amount } } product { name } options { valueName } }
        }
      }
    }`)
    expect(errors).toBeUndefined()
    return [...statements]
  }
  const one = await ask(1)
  const fifty = await ask(50)
  expect(fifty.length, fifty.join('\n')).toBe(one.length)
  expect(fifty.length).toBeGreaterThan(5)
})

test('a till finds a variant by SKU or barcode; a shopper may not ask', async () => {
  const query = 'query ($code: String!) { variantByCode(code: $code) { sku product { slug } } }'
  const find = async (code: string) => (await catalog.query(query, { code }, clerk)).data.variantByCode
  expect(await find('T07-N')).toEqual({ sku: 'T07-N', product: { slug: 'tote-07' } })
  expect(await find('t07-n')).toMatchObject({ sku: 'T07-N' })
  expect(await find('2990000000007')).toMatchObject({ sku: 'T07-N' })
  expect(await find('gone-N')).toBeNull()
  expect(await find('\0')).toBeNull()
  const refused = await catalog.query(query, { code: 'T07-N' }, shopper)
  expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  const unknown = await catalog.query(query, { code: 'T07-N' })
  expect(unknown.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
})

test('markets come in their order', async () => {
  const { data } = await catalog.query(
    '{ markets { id name currency pricesIncludeTax } market(id: "\\u0000") { id } }',
  )
  expect(data).toEqual({
    market: null,
    markets: [
      { id: 'FR', name: 'Market FR', currency: 'EUR', pricesIncludeTax: true },
      { id: 'JP', name: 'Market JP', currency: 'JPY', pricesIncludeTax: true },
      { id: 'US', name: 'Market US', currency: 'USD', pricesIncludeTax: false },
    ],
  })
})
