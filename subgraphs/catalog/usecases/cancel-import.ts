import type { Tx } from '../data/catalog-database.ts'

export type CancelImportOutcome =
  { kind: 'CancelImportSuccess'; importJobId: string } | { kind: 'ImportNotRunningError'; message: string }

/** Stops a job: at once when no worker has it, else before its next batch. Asking again while it stops is no error. */
export async function cancelImport(tx: Tx, importJobId: string, now: Date): Promise<CancelImportOutcome> {
  const [job] = await tx.$queryRaw<{ id: string }[]>`
    UPDATE import_jobs
    SET cancel_requested_at = coalesce(cancel_requested_at, ${now}::timestamptz),
        status = CASE WHEN lease_token IS NULL THEN 'CANCELED'::import_status ELSE status END,
        finished_at = CASE WHEN lease_token IS NULL THEN ${now}::timestamptz END
    WHERE id = ${importJobId}::uuid AND finished_at IS NULL
    RETURNING id`
  if (job) return { kind: 'CancelImportSuccess', importJobId: job.id }
  return { kind: 'ImportNotRunningError', message: 'This import has ended already, or does not exist.' }
}
