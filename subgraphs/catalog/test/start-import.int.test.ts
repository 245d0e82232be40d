import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { merchandiser, shopper, startCatalog, type TestCatalog } from './catalog-fixture.ts'
import { aRow, csv, importFile, price, start, type Started, upload } from './import-fixture.ts'

let catalog: TestCatalog
beforeAll(async () => {
  catalog = await startCatalog()
})
afterAll(() => catalog.close())

test('only a merchandiser may start and read imports', async () => {
  const started = await start(catalog, { uploadId: uuidv7() }, shopper)
  expect(started.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  for (const field of ['importJobs { nodes { id } }', `importJob(id: "${uuidv7()}") { id }`]) {
    const { errors } = await catalog.query(`{ ${field} }`, {}, shopper)
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  }
})

test('a repeated key gives the first job, another file with that key is refused', async () => {
  const first = (await (await upload(catalog, csv([aRow('key-1')]))).json()) as { uploadId: string }
  const second = (await (await upload(catalog, csv([aRow('key-2')]))).json()) as { uploadId: string }
  const idempotencyKey = uuidv7()
  const both = await Promise.all([
    start(catalog, { uploadId: first.uploadId, idempotencyKey }),
    start(catalog, { uploadId: first.uploadId, idempotencyKey }),
  ])
  const ids = both.map(({ data }) => data.startProductImport.importJob?.id)
  expect(ids[0]).toBeDefined()
  expect(ids[0]).toBe(ids[1])
  const other = await start(catalog, { uploadId: second.uploadId, idempotencyKey })
  expect(other.errors?.[0]?.extensions?.code).toBe('IDEMPOTENCY_KEY_REUSED')
  await catalog.runJob('imports')
})

test.each([
  [{ uploadId: 'nonsense' }, 'UploadNotFoundError', undefined],
  [{ uploadId: uuidv7() }, 'UploadNotFoundError', undefined],
  [{ fileName: '' }, 'InvalidInputError', 'fileName'],
  [{ fileName: 'x'.repeat(256) }, 'InvalidInputError', 'fileName'],
  [{ fileName: 'a\0b' }, 'InvalidInputError', 'fileName'],
  [{ market: 'XX' }, 'InvalidInputError', 'market'],
  [{ idempotencyKey: 'key' }, 'InvalidInputError', 'idempotencyKey'],
])('startProductImport with %j is a %s', async (changes, typename, field) => {
  const { uploadId } = (await (await upload(catalog, csv([aRow('input')]))).json()) as { uploadId: string }
  const { data, errors } = await start(catalog, { uploadId, ...changes })
  expect(errors).toBeUndefined()
  expect(data.startProductImport).toMatchObject({
    __typename: typename,
    ...(field !== undefined && { field }),
  })
})

test('nobody imports what somebody else has uploaded', async () => {
  const { uploadId } = (await (await upload(catalog, csv([aRow('mine')]))).json()) as { uploadId: string }
  const { data } = await start(catalog, { uploadId }, testIdentity({ roles: ['MERCHANDISER'] }))
  expect(data.startProductImport.__typename).toBe('UploadNotFoundError')
})

test('jobs and errors come in pages', async () => {
  const rows = Array.from({ length: 5 }, (_, n) => ({
    Handle: `page-${String(n)}`,
    Title: 'x',
    ...price('x'),
  }))
  const { id } = await importFile(catalog, csv(rows))
  const read = async (after: string | null) => {
    const { data } = await catalog.query<{
      importJob: {
        errors: {
          nodes: { row: number }[]
          pageInfo: { endCursor: string; hasNextPage: boolean }
          totalCount: number
        }
      }
      importJobs: { nodes: { id: string }[] }
    }>(
      `query ($id: ID!, $after: String) {
        importJobs(first: 1) { nodes { id } pageInfo { hasNextPage } }
        importJob(id: $id) { errors(first: 3, after: $after) { nodes { row } pageInfo { hasNextPage endCursor } totalCount } }
      }`,
      { id, after },
      merchandiser,
    )
    return data
  }
  const first = await read(null)
  expect(first.importJobs.nodes).toEqual([{ id }])
  expect(first.importJob.errors).toMatchObject({ nodes: [{ row: 2 }, { row: 3 }, { row: 4 }], totalCount: 5 })
  const second = await read(first.importJob.errors.pageInfo.endCursor)
  expect(second.importJob.errors).toMatchObject({
    nodes: [{ row: 5 }, { row: 6 }],
    pageInfo: { hasNextPage: false },
  })
})

test('a started job is told and waits for a worker', async () => {
  const { uploadId } = (await (await upload(catalog, csv([aRow('queued')]))).json()) as { uploadId: string }
  const { data }: { data: Started } = await start(catalog, { uploadId })
  expect(data.startProductImport).toMatchObject({ importJob: { status: 'QUEUED' } })
})
