import { orderRefundRequested } from '#contracts/orders.ts'
import { type Consumer, defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/tx.ts'
import { refundOrder } from '../usecases/refund-order.ts'

export function onRefundRequested({ clock }: { clock: Clock }): Consumer<Tx> {
  return defineConsumer({
    name: 'payments.refund-requested',
    hears: [orderRefundRequested],
    handle: ({ payload: { refundRequestId, amountMinor, ...order } }, tx: Tx) =>
      refundOrder(tx, { ...order, id: refundRequestId, amountMinor: BigInt(amountMinor) }, clock.now()),
  })
}
