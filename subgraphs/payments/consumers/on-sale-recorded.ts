import { saleRecorded } from '#contracts/orders.ts'
import { type Consumer, defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/tx.ts'
import { recordTenders } from '../usecases/record-tenders.ts'
import { toKnownOrder } from './to-known-order.ts'

export function onSaleRecorded({ clock }: { clock: Clock }): Consumer<Tx> {
  return defineConsumer({
    name: 'payments.sale-recorded',
    hears: [saleRecorded],
    handle: async ({ payload }, tx: Tx) => {
      const { registerId, shopId, clerkRef, soldAt, tenders } = payload
      await recordTenders(
        tx,
        {
          order: toKnownOrder(payload),
          registerId,
          shopId,
          clerkRef,
          soldAt: new Date(soldAt),
          tenders: tenders.map(({ kind, amountMinor }) => ({ kind, amountMinor: BigInt(amountMinor) })),
        },
        clock.now(),
      )
    },
  })
}
