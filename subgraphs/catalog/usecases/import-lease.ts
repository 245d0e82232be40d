import { uuidv7 } from '#platform/ids/uuid.ts'
import type { CatalogDatabase, Tx } from '../data/catalog-database.ts'
import type { ImportJob, Upload } from '../data/generated/client.ts'

// One worker at a time has a job, for as long as it keeps committing. Times are the database's own: workers are on
// several machines whose clocks differ.

export interface ClaimedJob {
  job: ImportJob & { upload: Upload }
  token: string
}

/** Tries without progress before a job is given up. */
export const mostAttempts = 5

/** The oldest job that waits, or that its worker has left behind; null when there is none. */
export async function claimJob(database: CatalogDatabase): Promise<ClaimedJob | null> {
  const token = uuidv7()
  const [claimed] = await database.prisma.$queryRaw<{ id: string }[]>`
    UPDATE import_jobs
    SET lease_token = ${token}::uuid, leased_until = now() + interval '60 seconds', attempts = attempts + 1
    WHERE id = (
      SELECT id FROM import_jobs
      WHERE finished_at IS NULL
        -- The event is the nudge; a job it never reached is found by its age.
        AND (claimable_at IS NOT NULL OR created_at < now() - interval '2 minutes')
        AND (leased_until IS NULL OR leased_until < now())
      ORDER BY created_at, id
      LIMIT 1
      FOR UPDATE SKIP LOCKED
    )
    RETURNING id`
  if (!claimed) return null
  const job = await database.prisma.importJob.findUniqueOrThrow({
    where: { id: claimed.id },
    include: { upload: true },
  })
  return { job, token }
}

/** The lease ran out and another worker has the job: nothing of this one may commit any more. */
export class LeaseLost extends Error {
  constructor() {
    super('another worker has taken over this import')
    this.name = 'LeaseLost'
  }
}

/** Locks the job's row for its holder and lengthens the lease; says whether somebody wants the job stopped. */
export async function holdJob(tx: Tx, { job, token }: ClaimedJob): Promise<{ isCanceled: boolean }> {
  const [held] = await tx.$queryRaw<{ isCanceled: boolean }[]>`
    UPDATE import_jobs
    SET leased_until = now() + interval '60 seconds'
    WHERE id = ${job.id}::uuid AND lease_token = ${token}::uuid AND finished_at IS NULL
    RETURNING cancel_requested_at IS NOT NULL AS "isCanceled"`
  if (!held) throw new LeaseLost()
  return held
}

/** Gives the job back, to be taken again after `seconds`. */
export async function releaseJob(
  database: CatalogDatabase,
  claimed: ClaimedJob,
  seconds: number,
): Promise<void> {
  await database.prisma.$executeRaw`
    UPDATE import_jobs
    SET lease_token = NULL, leased_until = now() + make_interval(secs => ${seconds})
    WHERE id = ${claimed.job.id}::uuid AND lease_token = ${claimed.token}::uuid AND finished_at IS NULL`
}
