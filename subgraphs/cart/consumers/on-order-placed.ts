import { orderPlaced } from '#contracts/orders.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/cart-database.ts'
import { removeOrderedLines } from '../usecases/remove-ordered-lines.ts'

export function onOrderPlaced(clock: Clock) {
  return defineConsumer({
    name: 'cart.order-placed',
    hears: [orderPlaced],
    handle: async ({ payload: { cartId, customerRef, lines } }, tx: Tx) => {
      if (cartId !== null) await removeOrderedLines(tx, { cartId, customerRef, lines }, clock.now())
    },
  })
}
