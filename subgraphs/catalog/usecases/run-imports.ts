import type { Readable } from 'node:stream'
import type { Blobs } from '#platform/blobs/blobs.ts'
import type { Logger } from '#platform/log/logger.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { CatalogDatabase } from '../data/catalog-database.ts'
import { type ImportDialect, readDialect, toJson } from '../data/json-columns.ts'
import { CsvBroken, detectDialect, readCsv } from '../data/read-csv.ts'
import { readHeader } from '../domain/import/columns.ts'
import { endJob } from './end-import.ts'
import { importBatch } from './import-batch.ts'
import { type ClaimedJob, claimJob, holdJob, LeaseLost, mostAttempts, releaseJob } from './import-lease.ts'
import { batchLimits, type BatchLimits, readBatches } from './read-batches.ts'

export interface ImportDeps {
  database: CatalogDatabase
  blobs: Blobs
  clock: Clock
  log: Logger
  limits?: BatchLimits
}

/** Works on the jobs that wait until there is none, or until `signal` says to stop at the next batch. */
export async function runImports(deps: ImportDeps, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted) {
    const claimed = await claimJob(deps.database)
    if (!claimed) return
    await runImport(deps, claimed, signal)
  }
}

/** Works on one job from where it stands. What happens to it is in its row; this rejects only when that cannot be kept. */
async function runImport(deps: ImportDeps, claimed: ClaimedJob, signal?: AbortSignal): Promise<void> {
  const log = deps.log.child({ importJobId: claimed.job.id })
  try {
    const dialect = await validate(deps, claimed)
    await importRows(deps, claimed, dialect, signal)
  } catch (error) {
    if (error instanceof LeaseLost) {
      log.warn('another worker has taken over the import')
    } else if (error instanceof CsvBroken) {
      await endJob(deps, claimed, {
        status: 'FAILED',
        code: error.code,
        line: error.line,
        message: error.message,
      })
    } else {
      log.error({ err: error }, 'an import stumbled')
      await stumble(deps, claimed)
    }
  }
}

/** Proves the whole file before anything of it is taken: a broken one changes nothing. Done once per job. */
async function validate(deps: ImportDeps, claimed: ClaimedJob): Promise<ImportDialect> {
  const known = readDialect(claimed.job.dialect)
  if (known) return known
  await deps.database.transact(async (tx) => {
    await holdJob(tx, claimed)
    await tx.importJob.update({ where: { id: claimed.job.id }, data: { status: 'VALIDATING' } })
  })
  const open = () => openFile(deps, claimed)
  const dialect = await detectDialect(open)
  let records = 0
  for await (const record of readCsv(await open(), dialect)) {
    if (records === 0) assertHeader(record.cells)
    records += 1
  }
  if (records < 2) throw new CsvBroken('NO_ROWS', 1, 'There are no rows below the header.')
  await deps.database.transact(async (tx) => {
    await holdJob(tx, claimed)
    await tx.importJob.update({
      where: { id: claimed.job.id },
      data: { status: 'RUNNING', dialect: toJson(dialect), totalRows: records - 1 },
    })
  })
  return dialect
}

function assertHeader(cells: readonly string[]): void {
  const result = readHeader(cells)
  if (!('missing' in result)) return
  const missing = result.missing.join(', ')
  throw new CsvBroken('HEADER_INVALID', 1, `The first row must name the columns; missing: ${missing}.`)
}

async function importRows(
  deps: ImportDeps,
  claimed: ClaimedJob,
  dialect: ImportDialect,
  signal?: AbortSignal,
): Promise<void> {
  const { database, clock } = deps
  const records = readCsv(await openFile(deps, claimed), dialect)
  const limits = smaller(deps.limits ?? batchLimits, claimed.job.attempts - 1)
  for await (const batch of readBatches(records, claimed.job.processedRows, limits)) {
    const outcome = await database.transact((tx) => importBatch(tx, claimed, batch, clock.now()))
    if (outcome === 'canceled') {
      await endJob(deps, claimed, { status: 'CANCELED' })
      return
    }
    if (signal?.aborted) {
      await releaseJob(database, claimed, 0)
      return
    }
  }
  await endJob(deps, claimed, { status: 'COMPLETED' })
}

/** A batch that failed may have been too much for a busy database: each further try takes a quarter. */
function smaller(limits: BatchLimits, failures: number): BatchLimits {
  const shrink = (most: number) => Math.max(1, Math.floor(most / 4 ** failures))
  return { products: shrink(limits.products), rows: shrink(limits.rows) }
}

async function openFile({ blobs }: ImportDeps, { job }: ClaimedJob): Promise<Readable> {
  const blob = await blobs.get(job.upload.blobKey)
  if (!blob) throw new CsvBroken('FILE_GONE', 1, 'The uploaded file is not there any more. Upload it again.')
  return blob.body
}

/** Something of ours broke: again after a while, but not for ever. */
async function stumble(deps: ImportDeps, claimed: ClaimedJob): Promise<void> {
  const { attempts } = await deps.database.prisma.importJob.findUniqueOrThrow({
    where: { id: claimed.job.id },
    select: { attempts: true },
  })
  if (attempts < mostAttempts) {
    await releaseJob(deps.database, claimed, 2 ** attempts)
    return
  }
  await endJob(deps, claimed, {
    status: 'FAILED',
    code: 'INTERNAL',
    line: 1,
    message: 'Something went wrong on our side. What had arrived stays; start the import again.',
  })
}
