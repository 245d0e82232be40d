import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importCompleted, importProgressed, stockCountImported } from '#contracts/catalog.ts'
import { toSlug } from '../domain/slug.ts'
import { saveProduct } from '../usecases/save-product.ts'
import { aProduct, merchandiser, startCatalog, type TestCatalog } from './catalog-fixture.ts'
import { codesOf, csv, importFile, price } from './import-fixture.ts'

let catalog: TestCatalog
beforeAll(async () => {
  catalog = await startCatalog()
})
afterAll(() => catalog.close())

async function variantsOf(slug: string) {
  return catalog.database.prisma.productVariant.findMany({
    where: { product: { slug }, retiredAt: null },
    orderBy: { position: 'asc' },
    include: { prices: { where: { validTo: null } } },
  })
}

test('rows of one handle make one product with variants, texts, options and addresses of pictures', async () => {
  const job = await importFile(
    catalog,
    csv([
      {
        Handle: 'camisole',
        Title: 'Camisole “Élan”',
        'Body (HTML)': '<p>Soft &amp; light.</p><ul><li>Silk</li></ul><script>alert(1)</script>',
        Vendor: 'Only Hearts',
        Type: "Women's Tops",
        'Option1 Name': 'Size',
        'Option1 Value': 'S/M',
        'Variant SKU': "'0012",
        'Variant Inventory Qty': '3',
        'Image Src': 'https://cdn.example/1.jpg',
        ...price('78.00'),
      },
      {
        Handle: 'camisole',
        'Option1 Value': 'S-M',
        'Variant SKU': '0013',
        'Variant Compare At Price': '99.50',
        ...price('80'),
      },
      { Handle: 'camisole', 'Image Src': 'https://cdn.example/2.jpg' },
    ]),
  )
  expect(job).toMatchObject({ status: 'COMPLETED', totalRows: 3, failedRows: 0, products: 1, variants: 2 })
  expect(codesOf(job)).toEqual([[1, 'IMAGE_NOT_FETCHED']])
  const { data } = await catalog.query(`{ product(slug: "camisole") {
    name description category options { code values { code name } }
    variants { sku price(market: "US") { current { amount } compareAt { amount } } } } }`)
  expect(data.product).toEqual({
    name: 'Camisole “Élan”',
    description: 'Soft & light.\n\n– Silk',
    category: 'womens-tops',
    options: [
      {
        code: 'size',
        values: [
          { code: 's-m', name: 'S/M' },
          { code: 's-m-2', name: 'S-M' },
        ],
      },
    ],
    variants: [
      { sku: '0012', price: { current: { amount: '78.00' }, compareAt: null } },
      { sku: '0013', price: { current: { amount: '80.00' }, compareAt: { amount: '99.50' } } },
    ],
  })
  const counted = catalog.published(stockCountImported).filter((event) => event.payload.sku === '0012')
  expect(counted.map((event) => event.payload)).toMatchObject([
    { onHand: 3, marketId: 'US', warehouseCode: null },
  ])
  expect(catalog.published(importProgressed).at(-1)?.payload).toMatchObject({
    importJobId: job.id,
    processedRows: 3,
  })
  expect(catalog.published(importCompleted).at(-1)?.payload).toMatchObject({
    importJobId: job.id,
    requestedBy: merchandiser.userId,
    products: 1,
    variants: 2,
  })
})

test('each wrong row is refused with its line and reason, the others arrive', async () => {
  const job = await importFile(
    catalog,
    csv([
      { Handle: 'good', Title: 'Good\nin two lines', 'Variant SKU': 'g1', ...price('10.00') },
      { Handle: 'negative', Title: 'Negative', 'Variant SKU': 'n1', ...price('-5.00') },
      { Handle: 'words', Title: 'Words', 'Variant SKU': 'w1', ...price('ten') },
      { Handle: 'comma', Title: 'Comma', 'Variant SKU': 'c1', ...price('1.234,50') },
      { Handle: 'fine', Title: 'Too fine', 'Variant SKU': 'f1', ...price('1.005') },
      { Handle: 'huge', Title: 'Huge', 'Variant SKU': 'h1', ...price('9'.repeat(30)) },
      { Handle: 'none', Title: 'None', 'Variant SKU': 'x1' },
      { Handle: '', Title: 'No handle', 'Variant SKU': 'x2', ...price('1') },
      { Handle: '!!!', Title: 'No letters', 'Variant SKU': 'x3', ...price('1') },
      { Handle: 'untitled', 'Variant SKU': 'x4', ...price('1') },
      {
        Handle: 'good2',
        Title: 'Good 2',
        'Variant SKU': 'g2',
        ...price('0.01'),
        'Variant Inventory Qty': '-4',
      },
      { Handle: 'good3', Title: 'Good 3', ...price('7'), 'Variant Inventory Qty': 'many' },
    ]),
  )
  expect(job).toMatchObject({
    status: 'COMPLETED_WITH_ERRORS',
    totalRows: 12,
    processedRows: 12,
    failedRows: 9,
    products: 3,
  })
  expect(codesOf(job)).toEqual([
    [4, 'PRICE_INVALID'],
    [5, 'PRICE_INVALID'],
    [6, 'PRICE_INVALID'],
    [7, 'PRICE_INVALID'],
    [8, 'PRICE_INVALID'],
    [9, 'PRICE_MISSING'],
    [10, 'HANDLE_MISSING'],
    [11, 'HANDLE_MISSING'],
    [12, 'TITLE_MISSING'],
    [13, 'STOCK_NEGATIVE'],
    [14, 'STOCK_INVALID'],
    [14, 'SKU_GENERATED'],
  ])
  expect(await variantsOf('good3')).toMatchObject([{ sku: 'good3-1', stockCount: null }])
  expect(await variantsOf('good2')).toMatchObject([{ stockCount: 0 }])
})

test('the same SKU updates; what the file does not speak of stays', async () => {
  const file = (amount: string, title: string) =>
    csv([
      {
        Handle: 'update',
        Title: title,
        'Variant SKU': 'u1',
        'Option1 Name': 'Size',
        'Option1 Value': 'S',
        ...price(amount),
      },
    ])
  await importFile(catalog, file('10.00', 'First'))
  const [before] = await variantsOf('update')
  await catalog.database.transact(async (tx) => {
    const product = await tx.product.findUniqueOrThrow({ where: { slug: 'update' } })
    await tx.product.update({
      where: { id: product.id },
      data: { details: { en: 'Silk' }, names: { en: 'First', ja: '一番' } },
    })
  })
  const french = await importFile(catalog, file('20.00', 'Premier'), 'FR')
  expect(french).toMatchObject({ status: 'COMPLETED', products: 1, variants: 1 })
  const [after] = await variantsOf('update')
  expect(after?.id).toBe(before?.id)
  expect(after?.prices.map(({ marketId, amountMinor }) => [marketId, amountMinor]).sort()).toEqual([
    ['FR', 2_000n],
    ['US', 1_000n],
  ])
  const product = await catalog.database.prisma.product.findUniqueOrThrow({ where: { slug: 'update' } })
  expect(product).toMatchObject({
    names: { en: 'First', fr: 'Premier', ja: '一番' },
    details: { en: 'Silk' },
  })
})

test('an SKU of another product, and one twice in a product, get a number behind it, the same each time', async () => {
  await catalog.database.transact((tx) => saveProduct(tx, aProduct('other-owner'), catalog.clock.now()))
  const row = (Handle: string, value: string, sku: string) => ({
    Handle,
    Title: Handle,
    'Option1 Name': 'Size',
    'Option1 Value': value,
    'Variant SKU': sku,
    ...price('5'),
  })
  const file = csv([
    row('clash-a', '1', 'dup'),
    row('clash-a', '2', 'dup'),
    row('clash-b', '1', 'dup'),
    row('clash-b', '2', 'other-owner-N'),
    row('clash-b', '2', 'same-options'),
  ])
  for (const run of ['first', 'again']) {
    const job = await importFile(catalog, file)
    expect(codesOf(job), run).toEqual([
      [3, 'SKU_DUPLICATE'],
      [4, 'SKU_DUPLICATE'],
      [5, 'SKU_DUPLICATE'],
      [6, 'OPTIONS_DUPLICATE'],
    ])
    expect((await variantsOf('clash-a')).map((variant) => variant.sku)).toEqual(['dup', 'dup-2'])
    expect((await variantsOf('clash-b')).map((variant) => variant.sku)).toEqual(['dup-3', 'other-owner-N-2'])
    expect(job.products).toBe(run === 'first' ? 2 : 0)
  }
})

const texts = join(process.env.MAISON_DATA ?? resolve(import.meta.dirname, '../../../../shared/data'), 'text')
const isThere = existsSync(join(texts, 'blns.json'))
if (!isThere) console.warn(`Skipped: there is no ${texts} (set MAISON_DATA)`)

test.skipIf(!isThere)(
  'naughty strings in every cell are taken or refused, never the end of a job',
  async () => {
    const all = JSON.parse(readFileSync(join(texts, 'blns.json'), 'utf8')) as string[]
    // Two products of one handle would overwrite each other, each time.
    const strings = [...new Map(all.map((one) => [toSlug(one), one])).values()]
    const rows = strings.flatMap((naughty, n) => [
      { Handle: `blns-${String(n)}`, Title: naughty || 'x', 'Body (HTML)': naughty, ...price('5') },
      {
        Handle: naughty,
        Title: naughty,
        Vendor: naughty,
        Type: naughty,
        'Option1 Name': naughty,
        'Option1 Value': naughty,
        'Variant SKU': naughty,
        'Variant Price': n % 2 === 0 ? naughty : '5',
        'Variant Barcode': naughty,
        'Variant Inventory Qty': naughty,
        'Image Src': naughty,
      },
    ])
    const job = await importFile(catalog, csv(rows))
    expect(job.status).toBe('COMPLETED_WITH_ERRORS')
    expect(job).toMatchObject({ processedRows: rows.length, totalRows: rows.length })
    expect(job.products).toBeGreaterThanOrEqual(strings.length)
    const again = await importFile(catalog, csv(rows))
    expect(again).toMatchObject({ products: 0, variants: 0, failedRows: job.failedRows })
  },
  60_000,
)
