import { orderCanceled, orderExpired } from '#contracts/orders.ts'
import { type Consumer, defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/tx.ts'
import { endOrder } from '../usecases/end-order.ts'
import { toKnownOrder } from './to-known-order.ts'

export function onOrderEnded({ clock }: { clock: Clock }): Consumer<Tx> {
  return defineConsumer({
    name: 'payments.order-ended',
    hears: [orderExpired, orderCanceled],
    handle: (event, tx: Tx) => endOrder(tx, toKnownOrder(event.payload), clock.now()),
  })
}
