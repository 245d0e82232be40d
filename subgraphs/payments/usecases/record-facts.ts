import {
  paymentActionRequired,
  paymentAuthorized,
  paymentCanceled,
  paymentCharged,
  paymentFailed,
  paymentRefunded,
} from '#contracts/payments.ts'
import { appendEvents } from '../data/append-events.ts'
import type { Transaction } from '../data/generated/client.ts'
import { lockTransaction } from '../data/lock-transaction.ts'
import type { Tx } from '../data/tx.ts'
import { foldTransaction, type LedgerEvent } from '../domain/fold-transaction.ts'
import { nextRefund } from '../domain/next-look.ts'
import { closeCasesOfRefund, openCase } from './payment-cases.ts'
import { tellTransaction } from './tell-transaction.ts'

/**
 * The one writer of what happened to a transaction: webhook, poll and answers of the provider all come here. Facts that
 * the ledger has already change nothing. Returns the transaction as it is then.
 */
export async function recordFacts(
  tx: Tx,
  transactionId: string,
  facts: readonly LedgerEvent[],
  now: Date,
): Promise<Transaction> {
  const before = await lockTransaction(tx, transactionId)
  if (!before) throw new Error(`There is no transaction ${transactionId}`)
  const added = await appendEvents(tx, transactionId, facts)
  if (added.length === 0) return before
  const standing = foldTransaction(
    before.currency,
    await tx.transactionEvent.findMany({ where: { transactionId } }),
  )
  const { isClosed, ...folded } = standing
  const after = await tx.transaction.update({
    where: { id: transactionId },
    data: {
      ...folded,
      ...(isClosed && { closedAt: before.closedAt ?? now, dueAt: null }),
    },
  })
  await checkAmount(tx, after, added, now)
  await settleRefunds(tx, after, added, now)
  await tell(tx, before, after, added)
  return after
}

async function checkAmount(
  tx: Tx,
  transaction: Transaction,
  added: readonly LedgerEvent[],
  now: Date,
): Promise<void> {
  const charge = added.find((event) => event.type === 'CHARGE_SUCCESS')
  if (!charge) return
  const { currency, amountMinor, chargedMinor } = transaction
  if (charge.currency === currency && chargedMinor === amountMinor) return
  const taken = `${charge.amountMinor} minor units of ${charge.currency}`
  const detail = `${amountMinor} minor units of ${currency} were asked for; the provider took ${taken}.`
  await openCase(tx, { kind: 'AMOUNT_MISMATCH', transactionId: transaction.id, detail, now })
}

async function settleRefunds(
  tx: Tx,
  transaction: Transaction,
  added: readonly LedgerEvent[],
  now: Date,
): Promise<void> {
  for (const { type, pspReference, message } of added) {
    if (type === 'REFUND_SUCCESS') {
      await tx.refund.updateMany({
        where: { transactionId: transaction.id, pspReference, state: 'PENDING' },
        data: { state: 'SUCCEEDED', dueAt: null },
      })
    }
    if (type === 'REFUND_FAILURE') {
      const failed = await tx.refund.findFirst({
        where: { transactionId: transaction.id, pspReference, state: { not: 'FAILED' } },
      })
      if (failed) {
        // The worker tries it anew, as another refund.
        const dueAt = nextRefund(now, failed.tries)
        await tx.refund.update({ where: { id: failed.id }, data: { state: 'FAILED', dueAt } })
      }
      const detail = message ?? 'The money could not be given back.'
      await openCase(tx, { kind: 'FAILED_REFUND', transactionId: transaction.id, detail, now })
    }
  }
  if (transaction.status === 'REFUNDED') await closeCasesOfRefund(tx, transaction.id, now)
}

async function tell(
  tx: Tx,
  before: Transaction,
  after: Transaction,
  added: readonly LedgerEvent[],
): Promise<void> {
  if (after.authorizedMinor > before.authorizedMinor) await tellTransaction(tx, paymentAuthorized, after, {})
  if (after.chargedMinor > before.chargedMinor) await tellTransaction(tx, paymentCharged, after, {})
  if (after.refundedMinor > before.refundedMinor) await tellTransaction(tx, paymentRefunded, after, {})
  if (after.status === 'FAILED' && added.some((event) => event.type === 'CHARGE_FAILURE')) {
    await tellTransaction(tx, paymentFailed, after, {
      failureCode: after.failureCode ?? 'unknown',
      failureReason: after.failureReason ?? 'The provider refused.',
    })
  }
  if (after.status === before.status) return
  if (after.status === 'ACTION_REQUIRED') await tellTransaction(tx, paymentActionRequired, after, {})
  if (after.status === 'CANCELED') await tellTransaction(tx, paymentCanceled, after, {})
}
