import { paymentOrphaned } from '#contracts/payments.ts'
import { ContractViolation } from '#platform/events/contract-violation.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { appendEvents } from '../data/append-events.ts'
import type { Transaction } from '../data/generated/client.ts'
import { lockTransaction } from '../data/lock-transaction.ts'
import type { Tx } from '../data/tx.ts'
import { openCase } from './payment-cases.ts'
import { tellTransaction } from './tell-transaction.ts'

/** Orders can't have this money: it is given back by the worker, and a case stays open until it is. */
export async function rejectPayment(
  tx: Tx,
  rejected: { transactionId: string; reason: string },
  now: Date,
): Promise<void> {
  const { transactionId, reason } = rejected
  const transaction = await lockTransaction(tx, transactionId)
  if (!transaction)
    throw new ContractViolation(`Orders gives back transaction ${transactionId}, which does not exist`)
  if (transaction.chargedMinor <= transaction.refundedMinor) return
  const caseId = await openCase(tx, { kind: 'CHARGED_WITHOUT_ORDER', transactionId, detail: reason, now })
  await tellTransaction(tx, paymentOrphaned, transaction, { caseId, reason })
  // Notes, coins and terminals are given back by people; the case tells them.
  if (transaction.kind === 'ONLINE') await requestRefund(tx, transaction, { reason, tries: 0 }, now)
}

/** Begins to give back everything that is left, unless that is under way. The caller holds the transaction's row. */
export async function requestRefund(
  tx: Tx,
  transaction: Transaction,
  { reason, tries }: { reason: string; tries: number },
  now: Date,
): Promise<void> {
  const { id: transactionId, currency, chargedMinor, refundedMinor } = transaction
  const amountMinor = chargedMinor - refundedMinor
  const pending = await tx.refund.findFirst({ where: { transactionId, state: 'PENDING' } })
  if (pending || amountMinor <= 0n) return
  const id = uuidv7()
  await tx.refund.create({
    data: { id, transactionId, amountMinor, reason, state: 'PENDING', tries, createdAt: now, dueAt: now },
  })
  const request = { pspReference: id, currency, amountMinor, code: null, message: reason, at: now }
  await appendEvents(tx, transactionId, [{ ...request, type: 'REFUND_REQUEST' }])
}
