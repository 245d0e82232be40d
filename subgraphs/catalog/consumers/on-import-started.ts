import { importStarted } from '#contracts/catalog.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Tx } from '../data/catalog-database.ts'

/** Lets a worker take the job. The work itself takes minutes and is no consumer's: the event is acknowledged at once. */
export const onImportStarted = defineConsumer<Tx, readonly [typeof importStarted]>({
  name: 'catalog.import-started',
  hears: [importStarted],
  handle: async ({ payload }, tx) => {
    await tx.importJob.updateMany({
      where: { id: payload.importJobId, finishedAt: null },
      data: { claimableAt: new Date() },
    })
  },
})
