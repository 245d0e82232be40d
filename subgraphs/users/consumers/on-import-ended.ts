import { importCompleted, importFailed } from '#contracts/catalog.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/users-database.ts'
import { notify } from '../usecases/notify.ts'

export function onImportEnded(clock: Clock) {
  return defineConsumer({
    name: 'users.import-ended',
    hears: [importCompleted, importFailed],
    handle: async ({ eventId, payload }, tx: Tx) => {
      const { fileName, totalRows, failedRows } = payload
      await notify(tx, {
        userId: payload.requestedBy,
        cause: eventId,
        locale: null,
        now: clock.now(),
        ...('reason' in payload
          ? { kind: 'IMPORT_FAILED', data: { fileName, totalRows, failedRows, reason: payload.reason } }
          : {
              kind: 'IMPORT_COMPLETED',
              data: {
                fileName,
                totalRows,
                failedRows,
                products: payload.products,
                variants: payload.variants,
              },
            }),
      })
    },
  })
}
