import { uuidv7 } from '#platform/ids/uuid.ts'
import type { ReconciliationRun } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { reconciliationSteps } from './reconciliation-steps.ts'

const dayMs = 24 * 60 * 60_000
/** What a provider tells of the past: Stripe lists events of 30 days. */
const farthestMs = 29 * dayMs

/**
 * Begins to compare the books; while a comparison runs, that one. It looks back to where the last one began, and a day
 * more: what was under way then is settled now.
 */
export async function startReconciliation(
  tx: Tx,
  { requestedBy, now }: { requestedBy: string | null; now: Date },
): Promise<ReconciliationRun> {
  const last = await tx.reconciliationRun.findFirst({
    where: { state: 'COMPLETED' },
    orderBy: { startedAt: 'desc' },
  })
  const since = new Date(Math.max((last?.startedAt.getTime() ?? 0) - dayMs, now.getTime() - farthestMs))
  await tx.$executeRaw`
    INSERT INTO reconciliation_runs (id, state, step, since, requested_by, started_at, due_at)
    VALUES (${uuidv7()}::uuid, 'RUNNING', ${reconciliationSteps[0]}, ${since}, ${requestedBy}::uuid, ${now}, ${now})
    ON CONFLICT ((true)) WHERE state = 'RUNNING' DO NOTHING`
  return await tx.reconciliationRun.findFirstOrThrow({ where: { state: 'RUNNING' } })
}
