import { importCompleted, importFailed } from '#contracts/catalog.ts'
import { emit } from '#platform/outbox/emit.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { CatalogDatabase } from '../data/catalog-database.ts'
import { type ClaimedJob, holdJob } from './import-lease.ts'

type Ending =
  | { status: 'COMPLETED' }
  | { status: 'CANCELED' }
  | { status: 'FAILED'; code: string; line: number; message: string }

/** Ends a job and tells it. A completed one with refused rows says so in its status. */
export async function endJob(
  { database, clock }: { database: CatalogDatabase; clock: Clock },
  claimed: ClaimedJob,
  ending: Ending,
): Promise<void> {
  const jobId = claimed.job.id
  await database.transact(async (tx) => {
    const { isCanceled } = await holdJob(tx, claimed)
    const job = await tx.importJob.findUniqueOrThrow({ where: { id: jobId } })
    const { requestedBy, fileName, totalRows, processedRows, failedRows, products, variants } = job
    const progress = { importJobId: jobId, requestedBy, fileName, totalRows, processedRows, failedRows }
    const ended = { finishedAt: clock.now(), leaseToken: null, leasedUntil: null }
    const told = { aggregateId: jobId, market: job.marketId }
    if (ending.status === 'FAILED') {
      const { code, line: row, message } = ending
      await tx.importRowError.create({ data: { jobId, row, severity: 'ERROR', code, message } })
      await tx.importJob.update({ where: { id: jobId }, data: { ...ended, status: 'FAILED' } })
      await emit(tx, importFailed, { ...told, payload: { ...progress, reason: message } })
      return
    }
    if (job.images > 0) {
      await tx.importRowError.create({
        data: {
          jobId,
          row: 1,
          column: 'Image Src',
          severity: 'WARNING',
          code: 'IMAGE_NOT_FETCHED',
          message: `${String(job.images)} pictures are named by their address. The addresses were kept; nothing was fetched.`,
        },
      })
    }
    if (ending.status === 'CANCELED' || (isCanceled && processedRows !== totalRows)) {
      await tx.importJob.update({ where: { id: jobId }, data: { ...ended, status: 'CANCELED' } })
      return
    }
    const status = failedRows > 0 ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED'
    await tx.importJob.update({ where: { id: jobId }, data: { ...ended, status } })
    await emit(tx, importCompleted, { ...told, payload: { ...progress, products, variants } })
  })
}
