import { deliveryDelivered } from '#contracts/orders.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/users-database.ts'
import { notify } from '../usecases/notify.ts'

export function onDeliveryDelivered(clock: Clock) {
  return defineConsumer({
    name: 'users.delivery-delivered',
    hears: [deliveryDelivered],
    handle: async ({ eventId, payload: { customerRef, orderNumber } }, tx: Tx) => {
      if (customerRef === null) return
      await notify(tx, {
        userId: customerRef,
        kind: 'DELIVERY_DELIVERED',
        cause: eventId,
        locale: null,
        data: { number: orderNumber },
        now: clock.now(),
      })
    },
  })
}
