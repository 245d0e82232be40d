import { orderExpired } from '#contracts/orders.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/users-database.ts'
import { notify } from '../usecases/notify.ts'

export function onOrderExpired(clock: Clock) {
  return defineConsumer({
    name: 'users.order-expired',
    hears: [orderExpired],
    handle: async ({ eventId, payload: { customerRef, number, locale } }, tx: Tx) => {
      if (customerRef === null) return
      await notify(tx, {
        userId: customerRef,
        kind: 'ORDER_EXPIRED',
        cause: eventId,
        locale,
        data: { number },
        now: clock.now(),
      })
    },
  })
}
