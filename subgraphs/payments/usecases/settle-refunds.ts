import { paymentRefundFailed } from '#contracts/payments.ts'
import type { PaymentCaseKind, Refund } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { mostRefundTries, nextRefund } from '../domain/next-look.ts'
import { closeCases, openCase } from './payment-cases.ts'
import type { Change } from './record-facts.ts'
import { tellTransaction } from './tell-transaction.ts'

/** What giving all the money back settles. Disputes and differences between books are ended by what they are about. */
const settledByRefund: PaymentCaseKind[] = [
  'CHARGED_WITHOUT_ORDER',
  'AMOUNT_MISMATCH',
  'FAILED_REFUND',
  'REFUND_BY_HAND',
]

/** What new facts mean for refunds: ends them, plans the next try, opens and closes cases. */
export async function settleRefunds(tx: Tx, change: Change, now: Date): Promise<void> {
  const { after, added } = change
  const transactionId = after.id
  for (const { type, pspReference, message } of added) {
    if (type === 'REFUND_SUCCESS') {
      await tx.refund.updateMany({
        where: { transactionId, pspReference, state: 'PENDING' },
        data: { state: 'SUCCEEDED', dueAt: null },
      })
    }
    if (type === 'REFUND_FAILURE' || type === 'REFUND_REVERSE') {
      const failed = await tx.refund.findFirst({
        where: { transactionId, pspReference, state: { not: 'FAILED' } },
      })
      await fail(tx, change, { failed, reason: message ?? 'The money could not be given back.', now })
    }
  }
  if (!added.some(({ type }) => type === 'REFUND_SUCCESS' || type === 'CHARGE_BACK')) return
  const kinds = after.status === 'REFUNDED' ? settledByRefund : await kindsWithoutRefund(tx, transactionId)
  await closeCases(tx, { transactionId, kinds, resolution: 'REFUNDED', now })
}

/** A refund failed, or came back: the worker tries it anew, as another refund; in the end only a person can help. */
async function fail(
  tx: Tx,
  { after }: Change,
  { failed, reason, now }: { failed: Refund | null; reason: string; now: Date },
): Promise<void> {
  const tries = (failed?.tries ?? 0) + 1
  const isLast = failed === null || tries >= mostRefundTries
  if (failed) {
    const dueAt = isLast ? null : nextRefund(now, failed.tries)
    await tx.refund.update({ where: { id: failed.id }, data: { state: 'FAILED', dueAt } })
  }
  const caseId = await openCase(tx, { kind: 'FAILED_REFUND', transactionId: after.id, detail: reason, now })
  if (isLast) await tellTransaction(tx, paymentRefundFailed, after, { caseId, reason })
}

/** Kinds of cases about refunds that have none left to wait for. */
async function kindsWithoutRefund(tx: Tx, transactionId: string): Promise<PaymentCaseKind[]> {
  const waiting = await tx.refund.findMany({
    where: { transactionId, OR: [{ state: 'PENDING' }, { state: 'FAILED', dueAt: { not: null } }] },
    select: { isByHand: true },
  })
  const kinds: PaymentCaseKind[] = []
  if (!waiting.some(({ isByHand }) => isByHand)) kinds.push('REFUND_BY_HAND')
  if (!waiting.some(({ isByHand }) => !isByHand)) kinds.push('FAILED_REFUND')
  return kinds
}
