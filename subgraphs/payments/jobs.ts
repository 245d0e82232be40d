import type { Logger } from '#platform/log/logger.ts'
import type { Job } from '#platform/server/scheduler.ts'
import type { PaymentWork } from './usecases/advance-transaction.ts'
import { checkInvariants } from './usecases/check-invariants.ts'
import { startReconciliation } from './usecases/start-reconciliation.ts'

export function createJobs({
  work,
  passes,
  catchUpMs,
  isSandbox,
  log,
}: {
  work: PaymentWork
  passes: Record<'work' | 'catchUp' | 'sandbox' | 'reconcile', () => Promise<void>>
  catchUpMs: number
  isSandbox: boolean
  log: Logger
}): Job[] {
  return [
    // Applies webhooks, finishes what was cut off, calls off, polls, gives back.
    { name: 'work', everyMs: 1_000, run: passes.work },
    // Finds what lost webhooks would have told.
    { name: 'catch-up', everyMs: catchUpMs, run: passes.catchUp },
    { name: 'catch-up-at-start', everyMs: Math.min(catchUpMs, soonMs), run: untilItWorks(passes.catchUp) },
    ...(isSandbox ? [{ name: 'sandbox', everyMs: 500, run: passes.sandbox }] : []),
    // Goes on with a comparison of books that was asked for, or that a crash cut off.
    { name: 'reconcile', everyMs: 5_000, run: passes.reconcile },
    {
      name: 'start-reconciliation',
      everyMs: 24 * 60 * 60_000,
      run: async () => {
        const now = work.clock.now()
        await work.database.transact((tx) => startReconciliation(tx, { requestedBy: null, now }))
      },
    },
    {
      name: 'check-invariants',
      everyMs: 24 * 60 * 60_000,
      run: async () => {
        const violations = await checkInvariants(work.database.prisma, work.clock.now())
        for (const violation of violations) log.error({ violation }, 'what must always hold does not')
      },
    },
  ]
}

/** What a house that was away has missed it learns soon after its start. */
const soonMs = 10_000

function untilItWorks(run: () => Promise<void>): () => Promise<void> {
  let hasWorked = false
  return async () => {
    if (hasWorked) return
    await run()
    hasWorked = true
  }
}
