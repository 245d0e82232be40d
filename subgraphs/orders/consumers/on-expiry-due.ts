import { orderExpiryDue } from '#contracts/orders.ts'
import { type Consumer, defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/tx.ts'
import { expireOrders } from '../usecases/expire-orders.ts'

export function onExpiryDue({ clock }: { clock: Clock }): Consumer<Tx> {
  return defineConsumer({
    name: 'orders.expiry-due',
    hears: [orderExpiryDue],
    handle: async (event, tx: Tx) => {
      await expireOrders(tx, { now: clock.now(), limit: 1, orderId: event.payload.orderId })
    },
  })
}
