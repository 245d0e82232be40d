import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveCollection } from '../usecases/save-collection.ts'
import { saveProduct } from '../usecases/save-product.ts'
import { saveProducts } from '../usecases/save-products.ts'
import { aProduct, aVariant, startCatalog, type TestCatalog } from './catalog-fixture.ts'

let catalog: TestCatalog
beforeAll(async () => {
  catalog = await startCatalog()
  await catalog.database.transact(async (tx) => {
    const now = catalog.clock.now()
    const save = (slug: string, names: Record<string, string>, category: string, description = '') =>
      saveProduct(tx, aProduct(slug, { names, category, descriptions: { en: description } }), now)
    await save('elan', { en: 'Élan Tote', fr: 'Cabas Élan', ja: '革のトートバッグ' }, 'bags')
    await save(
      'pump',
      { en: 'Patent Pump', fr: 'Escarpin verni', ja: '黒いパンプス' },
      'shoes',
      'Goes with a tote.',
    )
    await save('strasse', { en: 'Straße Coat', 'zh-Hans': '羊毛大衣', ko: '울 코트' }, 'ready-to-wear')
    await saveProduct(tx, aProduct('hidden', { status: 'DRAFT', names: { en: 'Hidden Tote' } }), now)
    await saveProduct(
      tx,
      aProduct('ring', { names: { en: 'Ring' }, variants: [aVariant('RNG-1001-GD')] }),
      now,
    )
    await saveCollection(
      tx,
      {
        slug: 'soiree',
        position: 0,
        names: { en: 'Evening', fr: 'Soirée' },
        descriptions: {},
        productSlugs: ['pump'],
      },
      catalog.clock.now(),
    )
  })
})
afterAll(() => catalog.close())

async function search(query: string, locale?: string): Promise<string[]> {
  const { data, errors } = await catalog.query<{ search: { nodes: { slug: string }[] } }>(
    'query ($query: String!, $locale: String) { search(query: $query, locale: $locale) { nodes { slug } } }',
    { query, locale },
  )
  expect(errors, query).toBeUndefined()
  return data.search.nodes.map((node) => node.slug)
}

test.each([
  ['elan', ['elan']],
  ['ÉLAN', ['elan']],
  ['E\u0301lan', ['elan']],
  ['tot', ['elan', 'pump']],
  ['tote', ['elan', 'pump']],
  ['escarpi', ['pump']],
  ['escrapin', ['pump']],
  ['escarpim', ['pump']],
  ['escarpn', ['pump']],
  ['xyzzy', []],
  ['patnet pump', ['pump']],
  ['strasse', ['strasse']],
  ['革', ['elan']],
  ['バッグ', ['elan']],
  ['トート', ['elan']],
  ['大衣', ['strasse']],
  ['코트', ['strasse']],
  ['ﾊﾟﾝﾌﾟｽ', ['pump']],
  ['RNG-1001', ['ring']],
  ['rng 1001 gd', ['ring']],
  ['soiree', ['pump']],
  ['shoes', ['pump']],
  ['大黒', []],
  ['tote nowhere', []],
  ['', []],
  ['   ', []],
  ["' | ! & :* \\", []],
])('%j finds %j', async (query, slugs) => {
  expect(await search(query)).toEqual(slugs)
})

test('an archived product is not found any more, a renamed one by its new name', async () => {
  const save = (status: 'ACTIVE' | 'ARCHIVED', name: string) =>
    catalog.database.transact((tx) =>
      saveProduct(tx, aProduct('belt', { status, names: { en: name } }), catalog.clock.now()),
    )
  await save('ACTIVE', 'Ceinture')
  expect(await search('ceinture')).toEqual(['belt'])
  await save('ACTIVE', 'Gürtel')
  expect([await search('ceinture'), await search('gurtel')]).toEqual([[], ['belt']])
  await save('ARCHIVED', 'Gürtel')
  expect(await search('gurtel')).toEqual([])
})

const texts = join(process.env.MAISON_DATA ?? resolve(import.meta.dirname, '../../../../shared/data'), 'text')
const isThere = existsSync(join(texts, 'blns.json'))
if (!isThere) console.warn(`Skipped: there is no ${texts} (set MAISON_DATA)`)

test.skipIf(!isThere)(
  'naughty strings survive as names and are harmless as queries',
  async () => {
    const naughty = JSON.parse(readFileSync(join(texts, 'blns.json'), 'utf8')) as string[]
    const tricky = JSON.parse(readFileSync(join(texts, 'tricky-unicode.json'), 'utf8')) as {
      strings: { s: string }[]
    }
    const strings = [...naughty, ...tricky.strings.map((one) => one.s)]
    const nameOf = (text: string) => text.replaceAll('\0', '').toWellFormed()
    const changes = strings.map((text, n) => ({
      before: null,
      after: aProduct(`naughty-${String(n)}`, { names: { en: nameOf(text) } }),
    }))
    for (let n = 0; n < changes.length; n += 100) {
      await catalog.database.transact((tx) =>
        saveProducts(tx, changes.slice(n, n + 100), catalog.clock.now()),
      )
    }
    let found = 0
    // Twenty at a time, each with its product: one request is enough for a bad one to show.
    for (let n = 0; n < strings.length; n += 20) {
      const some = strings.slice(n, n + 20)
      const fields = some.map((_, i) => {
        const slug = `naughty-${String(n + i)}`
        return `p${String(i)}: product(slug: "${slug}") { name } s${String(i)}: search(query: $q${String(i)}) { totalCount }`
      })
      const declared = some.map((_, i) => `$q${String(i)}: String!`).join(', ')
      const variables = Object.fromEntries(
        some.map((text, i) => [`q${String(i)}`, [...text].slice(0, 200).join('')]),
      )
      const { data, errors } = await catalog.query<Record<string, { name?: string; totalCount?: number }>>(
        `query (${declared}) { ${fields.join(' ')} }`,
        variables,
      )
      expect(errors).toBeUndefined()
      for (const [i, text] of some.entries()) {
        expect(data[`p${String(i)}`]?.name).toBe(nameOf(text))
        if ((data[`s${String(i)}`]?.totalCount ?? 0) > 0) found += 1
      }
    }
    // Most hold letters or digits, and what holds some finds at least itself.
    expect(found).toBeGreaterThan(strings.length / 2)
  },
  60_000,
)

test.skipIf(!isThere)('what is the same to a reader is found as the same', async () => {
  const { strings } = JSON.parse(readFileSync(join(texts, 'tricky-unicode.json'), 'utf8')) as {
    strings: { id: string; s: string; same?: string }[]
  }
  for (const { id, s, same } of strings.filter((one) => one.same !== undefined)) {
    await catalog.database.transact((tx) =>
      saveProduct(tx, aProduct(`same-${id}`, { names: { en: s } }), catalog.clock.now()),
    )
    expect(await search(same ?? ''), id).toContain(`same-${id}`)
  }
})
