import { orderConfirmed, orderReinstated } from '#contracts/orders.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/users-database.ts'
import { notify } from '../usecases/notify.ts'

const mostLines = 20

/** A reinstated order is confirmed after all, and says so in the same letter. */
export function onOrderConfirmed(clock: Clock) {
  return defineConsumer({
    name: 'users.order-confirmed',
    hears: [orderConfirmed, orderReinstated],
    handle: async ({ eventId, payload: order }, tx: Tx) => {
      if (order.customerRef === null) return
      const { number, currency, totalMinor } = order
      const lines = order.lines
        .slice(0, mostLines)
        .map(({ name, quantity, totalMinor }) => ({ name, quantity, totalMinor }))
      await notify(tx, {
        userId: order.customerRef,
        kind: 'ORDER_CONFIRMED',
        cause: eventId,
        locale: order.locale,
        data: { number, currency, totalMinor, lines },
        now: clock.now(),
      })
    },
  })
}
