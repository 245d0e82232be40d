import {
  orderCanceled,
  orderConfirmed,
  orderExpired,
  orderFulfilled,
  orderPlaced,
  orderReinstated,
} from '#contracts/orders.ts'
import { type Consumer, defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/tx.ts'
import { captureOrder } from '../usecases/capture-payment.ts'
import { endOrder } from '../usecases/end-order.ts'
import { confirmOrder, learnOrder, reinstateOrder } from '../usecases/learn-order.ts'
import { toKnownOrder } from './to-known-order.ts'

/**
 * Each event tells the whole order, so that the newest one alone says what payments must know: an expiry that is told after
 * the order was reinstated is old news.
 */
export function onOrderChanged({ clock }: { clock: Clock }): Consumer<Tx> {
  return defineConsumer({
    name: 'payments.order-changed',
    hears: [orderPlaced, orderConfirmed, orderReinstated, orderFulfilled, orderExpired, orderCanceled],
    order: 'latest',
    handle: async ({ type, payload }, tx: Tx) => {
      const order = toKnownOrder(payload)
      const now = clock.now()
      switch (type) {
        case 'order.placed':
          await learnOrder(tx, order)
          break
        case 'order.reinstated':
          await reinstateOrder(tx, order, now)
          break
        case 'order.confirmed':
          await confirmOrder(tx, order, now)
          break
        case 'order.fulfilled':
          await confirmOrder(tx, order, now)
          await captureOrder(tx, order.orderId, now)
          break
        case 'order.expired':
        case 'order.canceled':
          await endOrder(tx, order, now)
          break
      }
    },
  })
}
