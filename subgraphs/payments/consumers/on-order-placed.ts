import { orderPlaced } from '#contracts/orders.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Tx } from '../data/tx.ts'
import { learnOrder } from '../usecases/learn-order.ts'
import { toKnownOrder } from './to-known-order.ts'

export const onOrderPlaced = defineConsumer({
  name: 'payments.order-placed',
  hears: [orderPlaced],
  handle: (event, tx: Tx) => learnOrder(tx, toKnownOrder(event.payload)),
})
