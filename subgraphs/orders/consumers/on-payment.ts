import { paymentCharged, paymentFailed, paymentRefunded } from '#contracts/payments.ts'
import { type Consumer, defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/tx.ts'
import { applyCharge } from '../usecases/apply-charge.ts'
import { applyRefund } from '../usecases/apply-refund.ts'
import { notePaymentFailure } from '../usecases/note-payment-failure.ts'

export function onPayment(options: { clock: Clock; courierRef: string | null }): Consumer<Tx> {
  const { clock, courierRef } = options
  return defineConsumer({
    name: 'orders.payment',
    hears: [paymentCharged, paymentFailed, paymentRefunded],
    handle: async ({ type, payload }, tx: Tx) => {
      const now = clock.now()
      const { transactionId, orderId, currency } = payload
      const sums = {
        transactionId,
        orderId,
        currency,
        chargedMinor: BigInt(payload.chargedMinor),
        refundedMinor: BigInt(payload.refundedMinor),
      }
      switch (type) {
        case 'payment.charged':
          await applyCharge(tx, sums, { now, courierRef })
          break
        case 'payment.refunded':
          await applyRefund(tx, sums, now)
          break
        case 'payment.failed':
          await notePaymentFailure(tx, { orderId, reason: payload.failureReason }, now)
          break
      }
    },
  })
}
