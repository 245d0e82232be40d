import { orderHoldExtended } from '#contracts/orders.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Tx } from '../data/tx.ts'
import { extendHold } from '../usecases/learn-order.ts'

export const onHoldExtended = defineConsumer({
  name: 'payments.hold-extended',
  hears: [orderHoldExtended],
  handle: ({ payload: { orderId, expiresAt } }, tx: Tx) =>
    extendHold(tx, { orderId, expiresAt: new Date(expiresAt) }),
})
