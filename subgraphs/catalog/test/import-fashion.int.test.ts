import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { productPublished, stockCountImported } from '#contracts/catalog.ts'
import { startCatalog, type TestCatalog } from './catalog-fixture.ts'
import { importFile } from './import-fixture.ts'

// A real file, 5,024 rows, dirty as real files are. It is not in the project: the test is skipped where it is absent.
const folder = join(
  process.env.MAISON_DATA ?? resolve(import.meta.dirname, '../../../../shared/data'),
  'catalog/shopify',
)
const isThere = existsSync(join(folder, 'Fashion.csv'))
if (!isThere) console.warn(`Skipped: there is no ${folder} (set MAISON_DATA)`)

interface Expected {
  rows: number
  products: number
  variants: number
  images: number
  barcodes: number
  distinct_skus: number
  price_min: string
  price_max: string
  price_sum: string
  vendors: number
  max_variants: number
  option_names: Record<string, number>
  issues: Record<string, number>
}

let catalog: TestCatalog
beforeAll(async () => {
  catalog = await startCatalog()
})
afterAll(() => catalog.close())

test.skipIf(!isThere)(
  'the whole file arrives, and a second time changes nothing',
  async () => {
    const file = readFileSync(join(folder, 'Fashion.csv'))
    const expected = Object.values(
      JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>,
    )[0]
    if (!expected) throw new Error('expected.json is empty')
    const startedAt = performance.now()
    const job = await importFile(catalog, file)
    const seconds = (performance.now() - startedAt) / 1000
    console.info(`${String(Math.round(expected.rows / seconds))} rows/s (${seconds.toFixed(1)} s)`)
    expect(job).toMatchObject({
      status: 'COMPLETED',
      totalRows: expected.rows,
      processedRows: expected.rows,
      failedRows: 0,
      products: expected.products,
      variants: expected.variants,
    })
    const codes = job.errors.nodes.map((error) => error.code)
    const count = (code: string) => codes.filter((one) => one === code).length
    expect(count('SKU_DUPLICATE')).toBe(expected.issues['duplicate SKU values'])
    expect(count('STOCK_NEGATIVE')).toBe(expected.issues['negative inventory'])
    expect(count('COMPARE_AT_NOT_HIGHER')).toBe(expected.issues['compare-at <= price'])
    expect(count('IMAGE_NOT_FETCHED')).toBe(1)

    const [found] = await catalog.database.prisma.$queryRaw<Record<string, unknown>[]>`
      SELECT (SELECT count(*)::int FROM products) AS products,
             (SELECT count(*)::int FROM search_documents) AS documents,
             (SELECT count(*)::int FROM product_variants) AS variants,
             (SELECT count(DISTINCT barcode)::int FROM product_variants) AS barcodes,
             (SELECT count(DISTINCT vendor)::int FROM products) AS vendors,
             (SELECT count(*)::int FROM external_images) AS images,
             (SELECT count(*)::int FROM product_variants WHERE stock_count < 0) AS negative,
             (SELECT max(size)::int FROM (SELECT count(*) AS size FROM product_variants GROUP BY product_id) x) AS most,
             sum(amount_minor)::text AS sum, min(amount_minor)::text AS min, max(amount_minor)::text AS max,
             count(*)::int AS prices
      FROM prices`
    const minor = (decimal: string) => decimal.replace('.', '')
    expect(found).toEqual({
      products: expected.products,
      documents: expected.products,
      variants: expected.variants,
      barcodes: expected.barcodes,
      vendors: expected.vendors,
      images: expected.images,
      negative: 0,
      most: expected.max_variants,
      sum: minor(expected.price_sum),
      min: minor(expected.price_min),
      max: minor(expected.price_max),
      prices: expected.variants,
    })
    expect(catalog.published(productPublished)).toHaveLength(expected.products)
    expect(catalog.published(stockCountImported)).toHaveLength(expected.variants)

    const told = catalog.published().length
    const again = await importFile(catalog, file)
    expect(again).toMatchObject({
      status: 'COMPLETED',
      products: 0,
      variants: 0,
      processedRows: expected.rows,
    })
    const since = catalog.published().slice(told)
    expect(new Set(since.map((event) => event.type))).toEqual(
      new Set(['import.started', 'import.progressed', 'import.completed']),
    )
    const after = await catalog.database.prisma.price.count()
    expect(after).toBe(expected.variants)
  },
  300_000,
)
