import { orderPaymentRejected } from '#contracts/orders.ts'
import { type Consumer, defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/tx.ts'
import { rejectPayment } from '../usecases/reject-payment.ts'

export function onPaymentRejected({ clock }: { clock: Clock }): Consumer<Tx> {
  return defineConsumer({
    name: 'payments.payment-rejected',
    hears: [orderPaymentRejected],
    handle: (event, tx: Tx) => rejectPayment(tx, event.payload, clock.now()),
  })
}
