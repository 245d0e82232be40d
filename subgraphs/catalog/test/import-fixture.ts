import type { TestCatalog } from './catalog-fixture.ts'
import { merchandiser } from './catalog-fixture.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'

export const importFields = `id status totalRows processedRows failedRows products variants
  errors(first: 100) { totalCount nodes { row column severity code message } }`

export interface ImportedJob {
  id: string
  status: string
  totalRows: number | null
  processedRows: number
  failedRows: number
  products: number
  variants: number
  errors: {
    totalCount: number
    nodes: { row: number; column: string | null; severity: string; code: string; message: string }[]
  }
}

export async function upload(
  catalog: TestCatalog,
  body: string | Buffer,
  identity = merchandiser,
): Promise<Response> {
  return catalog.request('/uploads/imports', {
    method: 'POST',
    body,
    identity,
    isStreamed: true,
    headers: { 'content-type': 'text/csv' },
  })
}

const startMutation = `mutation ($input: StartProductImportInput!) {
  startProductImport(input: $input) {
    __typename
    ... on StartProductImportSuccess { importJob { id status } }
    ... on UserError { message }
    ... on InvalidInputError { field }
  }
}`

export interface Started {
  startProductImport: {
    __typename: string
    importJob?: { id: string; status: string }
    message?: string
    field?: string
  }
}

export async function start(catalog: TestCatalog, input: Record<string, unknown>, identity = merchandiser) {
  return catalog.query<Started>(
    startMutation,
    { input: { fileName: 'products.csv', market: 'US', idempotencyKey: uuidv7(), ...input } },
    identity,
  )
}

/** Uploads a file, starts its import and returns the job's id, not yet run. */
export async function queueImport(
  catalog: TestCatalog,
  body: string | Buffer,
  market = 'US',
): Promise<string> {
  const { uploadId } = (await (await upload(catalog, body)).json()) as { uploadId: string }
  const { data } = await start(catalog, { uploadId, market })
  await catalog.settle()
  const id = data.startProductImport.importJob?.id
  if (id === undefined) throw new Error(JSON.stringify(data))
  return id
}

export async function readJob(catalog: TestCatalog, id: string): Promise<ImportedJob> {
  const { data } = await catalog.query<{ importJob: ImportedJob }>(
    `query ($id: ID!) { importJob(id: $id) { ${importFields} } }`,
    { id },
    merchandiser,
  )
  return data.importJob
}

/** From the file to the end of its import, as the house does it. */
export async function importFile(
  catalog: TestCatalog,
  body: string | Buffer,
  market = 'US',
): Promise<ImportedJob> {
  const id = await queueImport(catalog, body, market)
  await catalog.runJob('imports')
  await catalog.settle()
  return readJob(catalog, id)
}

const titles = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Type',
  'Published',
  'Option1 Name',
  'Option1 Value',
  'Variant SKU',
  'Variant Inventory Qty',
  'Variant Price',
  'Variant Compare At Price',
  'Variant Barcode',
  'Image Src',
]

/** A CSV in Shopify's format of rows that name only the cells they have. */
export function csv(rows: readonly Record<string, string>[], lineEnd = '\n', delimiter = ','): string {
  const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  const lines = rows.map((row) => titles.map((title) => quote(row[title] ?? '')).join(delimiter))
  return [titles.join(delimiter), ...lines].join(lineEnd) + lineEnd
}

export const price = (amount: string) => ({ 'Variant Price': amount })

/** Line and code of each problem. */
export const codesOf = (job: { errors: { nodes: { row: number; code: string }[] } }) =>
  job.errors.nodes.map((error) => [error.row, error.code])

/** A row of one product with one variant. */
export function aRow(Handle: string): Record<string, string> {
  return {
    Handle,
    Title: 'Robe d\u00e9t\u00e9; brod\u00e9e, \u00fcber',
    'Variant SKU': 'enc',
    'Variant Price': '5',
  }
}

/** A file of so many products with one variant each. */
export const manyRows = (prefix: string, count: number) =>
  csv(
    Array.from({ length: count }, (_, n) => ({
      Handle: `${prefix}-${String(n)}`,
      Title: `${prefix} ${String(n)}`,
      'Variant SKU': `${prefix}-${String(n)}`,
      ...price('5'),
    })),
  )
