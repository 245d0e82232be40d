import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFailed } from '#contracts/catalog.ts'
import { shopper, startCatalog, type TestCatalog } from './catalog-fixture.ts'
import { aRow, csv, importFile, upload } from './import-fixture.ts'

let catalog: TestCatalog
beforeAll(async () => {
  catalog = await startCatalog({ UPLOAD_MAX_BYTES: '12000000' })
})
afterAll(() => catalog.close())

test.each([
  ['UTF-8 with a mark and Windows lines', Buffer.from(`\ufeff${csv([aRow('enc-1')], '\r\n')}`)],
  ['UTF-16 with a mark', Buffer.from(`\ufeff${csv([aRow('enc-1')])}`, 'utf16le')],
  ['UTF-16 without one', Buffer.from(csv([aRow('enc-1')]), 'utf16le')],
  ['big-endian UTF-16', Buffer.from(`\ufeff${csv([aRow('enc-1')])}`, 'utf16le').swap16()],
  ['windows-1252', Buffer.from(csv([aRow('enc-1')]), 'latin1')],
  ['semicolons', Buffer.from(csv([aRow('enc-1')], '\n', ';'))],
  ['old Mac lines', Buffer.from(csv([aRow('enc-1')], '\r'))],
])('a file in %s is read', async (name, bytes) => {
  const job = await importFile(catalog, bytes)
  expect(job, name).toMatchObject({ status: 'COMPLETED', totalRows: 1, failedRows: 0 })
  const product = await catalog.database.prisma.product.findUniqueOrThrow({ where: { slug: 'enc-1' } })
  expect(product.names).toEqual({
    en: 'Robe d\u00e9t\u00e9; brod\u00e9e, \u00fcber',
  })
})

test.each([
  ['an unclosed quotation mark', 'QUOTE_NOT_CLOSED', `${csv([aRow('broken')])}"broken,Never closed,`],
  ['a quotation mark in a cell', 'QUOTE_INVALID', 'Handle,Title,Variant Price\nbroken,"a"b",1\n'],
  ['a wrong header', 'HEADER_INVALID', 'Name;Cost\nbroken;1\n'],
  ['only a header', 'NO_ROWS', csv([])],
  ['one line of 10 MB', 'ROW_TOO_LONG', `Handle,Title,Variant Price\n${'x'.repeat(10_000_000)}`],
])('%s fails as a whole, with its reason and nothing half-written', async (_, code, file) => {
  const job = await importFile(catalog, file)
  expect(job).toMatchObject({ status: 'FAILED', processedRows: 0, products: 0 })
  expect(job.errors.nodes).toMatchObject([{ severity: 'ERROR', code }])
  expect(await catalog.database.prisma.product.count({ where: { slug: 'broken' } })).toBe(0)
  const failed = catalog.published(importFailed).at(-1)
  expect(failed?.payload).toMatchObject({ importJobId: job.id, reason: job.errors.nodes[0]?.message })
})

test.each([
  ['nothing', Buffer.alloc(0), 400],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 400],
  ['a workbook', Buffer.from('PK\u0003\u0004rest'), 400],
  ['12 MB and a byte', Buffer.alloc(12_000_001, 'a'), 413],
])('the upload of %s is refused and not kept', async (_, body, status) => {
  const before = await catalog.database.prisma.upload.count()
  const response = await upload(catalog, body)
  expect(response.status).toBe(status)
  expect(await catalog.database.prisma.upload.count()).toBe(before)
})

test('nobody but a merchandiser, through the gateway, may upload', async () => {
  expect((await upload(catalog, 'x', shopper)).status).toBe(403)
  const anonymous = await catalog.request('/uploads/imports', { method: 'POST', body: 'x', isStreamed: true })
  expect(anonymous.status).toBe(401)
  const unsigned = await fetch(`${catalog.url}/uploads/imports`, { method: 'POST', body: 'x' })
  expect(unsigned.status).toBe(401)
})
