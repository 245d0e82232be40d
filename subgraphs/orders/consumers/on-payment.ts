import {
  paymentAuthorized,
  paymentCanceled,
  paymentCharged,
  paymentDisputed,
  paymentFailed,
  paymentRefunded,
} from '#contracts/payments.ts'
import { type Consumer, defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/tx.ts'
import { applyCharge } from '../usecases/apply-charge.ts'
import { notePayment } from '../usecases/note-payment.ts'

const disputes = {
  OPEN: 'The bank asks for the money back.',
  WON: 'The bank leaves the money with the house.',
  LOST: 'The bank took the money back.',
}

export function onPayment(options: { clock: Clock; courierRef: string | null }): Consumer<Tx> {
  const { clock, courierRef } = options
  return defineConsumer({
    name: 'orders.payment',
    hears: [
      paymentAuthorized,
      paymentCharged,
      paymentFailed,
      paymentCanceled,
      paymentRefunded,
      paymentDisputed,
    ],
    handle: async ({ type, sequence, payload }, tx: Tx) => {
      const now = clock.now()
      const { transactionId, orderId, currency } = payload
      const sums = {
        transactionId,
        orderId,
        sequence,
        currency,
        authorizedMinor: BigInt(payload.authorizedMinor ?? 0),
        chargedMinor: BigInt(payload.chargedMinor),
        refundedMinor: BigInt(payload.refundedMinor),
      }
      switch (type) {
        case 'payment.authorized':
        case 'payment.charged':
          await applyCharge(tx, sums, { now, courierRef })
          break
        case 'payment.failed': {
          const message = `The payment was refused: ${payload.failureReason}`
          await notePayment(tx, sums, { type, message }, now)
          break
        }
        case 'payment.canceled':
          await notePayment(tx, sums, null, now)
          break
        case 'payment.refunded':
          await notePayment(tx, sums, { type, message: 'Money was given back.' }, now)
          break
        case 'payment.disputed':
          await notePayment(tx, sums, { type, message: disputes[payload.status] }, now)
          break
      }
    },
  })
}
