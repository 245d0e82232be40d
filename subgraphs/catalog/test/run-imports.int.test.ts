import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { importBatch } from '../usecases/import-batch.ts'
import { claimJob, LeaseLost } from '../usecases/import-lease.ts'
import { runImports } from '../usecases/run-imports.ts'
import { merchandiser, startCatalog, type TestCatalog } from './catalog-fixture.ts'
import { codesOf, manyRows, queueImport, readJob } from './import-fixture.ts'

let catalog: TestCatalog
beforeAll(async () => {
  catalog = await startCatalog()
})
afterAll(() => catalog.close())

const workerDeps = () => {
  const { database, parts } = catalog
  return {
    database,
    blobs: parts.blobs,
    clock: parts.clock,
    log: parts.log,
    limits: { products: 5, rows: 1_000 },
  }
}

test('a worker that dies is followed by one that goes on behind its last batch', async () => {
  const id = await queueImport(catalog, manyRows('killed', 20))
  // It stops after one batch without a word, as a killed process does: the lease stays until it runs out.
  await runImports(workerDeps(), stopAfter(1))
  expect(await readJob(catalog, id)).toMatchObject({ status: 'RUNNING', processedRows: 5, products: 5 })
  await catalog.database.prisma.importJob.update({
    where: { id },
    data: { leaseToken: uuidv7(), leasedUntil: new Date('2999-01-01') },
  })
  await runImports(workerDeps())
  expect(await readJob(catalog, id)).toMatchObject({ status: 'RUNNING', processedRows: 5 })
  await catalog.database.prisma.importJob.update({ where: { id }, data: { leasedUntil: new Date(0) } })
  await runImports(workerDeps())
  expect(await readJob(catalog, id)).toMatchObject({
    status: 'COMPLETED',
    processedRows: 20,
    products: 20,
    variants: 20,
  })
})

/** A signal that says stop once it has been asked so many times. */
function stopAfter(batches: number): AbortSignal {
  let asked = 0
  return new Proxy(new AbortController().signal, {
    get: (signal, key) => {
      if (key !== 'aborted') return Reflect.get(signal, key) as unknown
      asked += 1
      return asked > batches
    },
  })
}

test('a worker whose lease was taken over cannot commit any more', async () => {
  const id = await queueImport(catalog, manyRows('fenced', 2))
  const first = await claimJob(catalog.database)
  await catalog.database.prisma.importJob.update({ where: { id }, data: { leasedUntil: new Date(0) } })
  const second = await claimJob(catalog.database)
  expect([first?.job.id, second?.job.id]).toEqual([id, id])
  if (!first || !second) throw new Error('the job was not claimed')
  const batch = { products: [], problems: [], rowsBehind: 2 }
  const run = (claimed: typeof first) =>
    catalog.database.transact((tx) => importBatch(tx, claimed, batch, catalog.clock.now()))
  await expect(run(first)).rejects.toThrow(LeaseLost)
  expect(await run(second)).toBe('done')
  await catalog.database.prisma.importJob.update({ where: { id }, data: { leasedUntil: new Date(0) } })
  await runImports(workerDeps())
  expect(await readJob(catalog, id)).toMatchObject({ status: 'COMPLETED', products: 0 })
})

test('a job that keeps breaking is given up after some tries, with its reason', async () => {
  const id = await queueImport(catalog, manyRows('cursed', 2))
  const get = () => Promise.reject(new Error('the store of files is away'))
  for (let attempt = 1; attempt <= 5; attempt++) {
    await runImports({ ...workerDeps(), blobs: { ...catalog.parts.blobs, get } })
    await catalog.database.prisma.importJob.updateMany({
      where: { id, finishedAt: null },
      data: { leasedUntil: new Date(0) },
    })
  }
  const job = await readJob(catalog, id)
  expect(job).toMatchObject({ status: 'FAILED', products: 0 })
  expect(codesOf(job)).toEqual([[1, 'INTERNAL']])
  expect(job.errors.nodes[0]?.message).not.toMatch(/store of files/)
})

test('a job is stopped at its next batch, and one that waits at once', async () => {
  const cancel = `mutation ($id: ID!) { cancelImport(id: $id) { __typename ... on CancelImportSuccess { importJob { status } } } }`
  const running = await queueImport(catalog, manyRows('stopped', 20))
  await runImports(workerDeps(), stopAfter(1))
  await catalog.database.prisma.importJob.update({
    where: { id: running },
    data: { leaseToken: uuidv7(), leasedUntil: new Date(0) },
  })
  const asked = await catalog.query(cancel, { id: running }, merchandiser)
  expect(asked.data.cancelImport).toMatchObject({
    __typename: 'CancelImportSuccess',
    importJob: { status: 'RUNNING' },
  })
  await runImports(workerDeps())
  expect(await readJob(catalog, running)).toMatchObject({ status: 'CANCELED', processedRows: 5, products: 5 })

  const waiting = await queueImport(catalog, manyRows('waiting', 2))
  const stopped = await catalog.query(cancel, { id: waiting }, merchandiser)
  expect(stopped.data.cancelImport).toMatchObject({ importJob: { status: 'CANCELED' } })
  await runImports(workerDeps())
  expect(await readJob(catalog, waiting)).toMatchObject({ status: 'CANCELED', processedRows: 0 })
  for (const id of [waiting, uuidv7(), 'nonsense']) {
    const { data } = await catalog.query(cancel, { id }, merchandiser)
    expect(data.cancelImport).toEqual({ __typename: 'ImportNotRunningError' })
  }
})

test('two workers at once do each row once', async () => {
  const ids = [
    await queueImport(catalog, manyRows('race-a', 15)),
    await queueImport(catalog, manyRows('race-b', 15)),
  ]
  await Promise.all([runImports(workerDeps()), runImports(workerDeps()), runImports(workerDeps())])
  for (const id of ids) {
    expect(await readJob(catalog, id)).toMatchObject({ status: 'COMPLETED', processedRows: 15, products: 15 })
  }
})
