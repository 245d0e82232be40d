import type { Logger } from '#platform/log/logger.ts'
import type { Job } from '#platform/server/scheduler.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { OrdersDatabase } from './data/tx.ts'
import { expireOrders } from './usecases/expire-orders.ts'
import { tellMismatches } from './usecases/tell-mismatches.ts'

/** Few enough that the levels they lock are free again soon. */
const expireAtOnce = 20

export function createJobs({
  database,
  clock,
  log,
}: {
  database: OrdersDatabase
  clock: Clock
  log: Logger
}): Job[] {
  return [
    {
      name: 'expire-orders',
      everyMs: 2_000,
      run: async () => {
        let expired: number
        do {
          expired = await database.transact((tx) =>
            expireOrders(tx, { now: clock.now(), limit: expireAtOnce }),
          )
        } while (expired === expireAtOnce)
      },
    },
    {
      name: 'check-invariants',
      everyMs: 24 * 60 * 60_000,
      run: async () => {
        const mismatches = await database.transact((tx) => tellMismatches(tx, clock.now()))
        for (const mismatch of mismatches) log.error({ mismatch }, 'what must always hold does not')
      },
    },
  ]
}
