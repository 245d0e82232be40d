import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import { lockTransaction } from '../data/lock-transaction.ts'
import type { Tx } from '../data/tx.ts'
import { requestCapture } from './capture-payment.ts'
import { refundableMinor, requestRefund } from './request-refund.ts'

export type PaymentRefusal = { kind: 'NoTransaction' } | { kind: 'NotPossible'; reason: string }

interface Wish {
  transactionId: string
  /** Null: all there is. */
  amountMinor: bigint | null
  actorRef: string
  idempotencyKey: string
}

/** Support gives back what was taken, or a part of it, once per key. */
export async function refundPayment(
  tx: Tx,
  refuse: Refuse<PaymentRefusal>,
  { wish, now }: { wish: Wish & { reason: string }; now: Date },
): Promise<{ kind: 'Done'; transactionId: string }> {
  const { actorRef, idempotencyKey, ...asked } = wish
  const request = { scope: `refundPayment ${actorRef}`, key: idempotencyKey, fingerprint: fingerprint(asked) }
  const { transactionId, reason } = asked
  await once(tx, request, async () => {
    const transaction = await lockTransaction(tx, transactionId)
    if (!transaction) return refuse({ kind: 'NoTransaction' })
    const left = await refundableMinor(tx, transaction)
    const amountMinor = asked.amountMinor ?? left
    if (amountMinor <= 0n || amountMinor > left) {
      return refuse({ kind: 'NotPossible', reason: 'There is not so much left to give back.' })
    }
    await requestRefund(tx, transaction, { amountMinor, reason }, now)
    return null
  })
  return { kind: 'Done', transactionId }
}

/** Support takes authorised money before the goods leave, or a part of it, once per key. */
export async function capturePayment(
  tx: Tx,
  refuse: Refuse<PaymentRefusal>,
  { wish, now }: { wish: Wish; now: Date },
): Promise<{ kind: 'Done'; transactionId: string }> {
  const { actorRef, idempotencyKey, ...asked } = wish
  const request = {
    scope: `capturePayment ${actorRef}`,
    key: idempotencyKey,
    fingerprint: fingerprint(asked),
  }
  const { transactionId, amountMinor } = asked
  await once(tx, request, async () => {
    const transaction = await lockTransaction(tx, transactionId)
    if (!transaction) return refuse({ kind: 'NoTransaction' })
    const capture = await requestCapture(tx, transaction, { amountMinor }, now)
    if (!capture) return refuse({ kind: 'NotPossible', reason: 'There is not so much authorised.' })
    return null
  })
  return { kind: 'Done', transactionId }
}
