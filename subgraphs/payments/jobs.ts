import type { Logger } from '#platform/log/logger.ts'
import type { Job } from '#platform/server/scheduler.ts'
import type { PaymentWork } from './usecases/advance-transaction.ts'
import { checkInvariants } from './usecases/check-invariants.ts'

export function createJobs({
  work,
  passes,
  isSandbox,
  log,
}: {
  work: PaymentWork
  passes: { work: () => Promise<void>; sandbox: () => Promise<void> }
  isSandbox: boolean
  log: Logger
}): Job[] {
  return [
    // Applies webhooks, finishes what was cut off, calls off, polls, gives back.
    { name: 'work', everyMs: 1_000, run: passes.work },
    ...(isSandbox ? [{ name: 'sandbox', everyMs: 500, run: passes.sandbox }] : []),
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
