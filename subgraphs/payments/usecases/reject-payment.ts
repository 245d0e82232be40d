import { paymentOrphaned } from '#contracts/payments.ts'
import { ContractViolation } from '#platform/events/contract-violation.ts'
import { lockTransaction } from '../data/lock-transaction.ts'
import type { Tx } from '../data/tx.ts'
import { keptMinor } from '../domain/money-due.ts'
import { callOff } from './call-off.ts'
import { openCase } from './payment-cases.ts'
import { requestRefund } from './request-refund.ts'
import { tellTransaction } from './tell-transaction.ts'

/**
 * Orders can't have this money: it is given back, and a case stays open until it is. What was only allowed is released.
 */
export async function rejectPayment(
  tx: Tx,
  rejected: { transactionId: string; reason: string },
  now: Date,
): Promise<void> {
  const { transactionId, reason } = rejected
  const transaction = await lockTransaction(tx, transactionId)
  if (!transaction)
    throw new ContractViolation(`Orders gives back transaction ${transactionId}, which does not exist`)
  if (transaction.authorizedMinor > 0n) await callOff(tx, [transactionId], now)
  const amountMinor = keptMinor(transaction)
  if (amountMinor <= 0n) return
  const caseId = await openCase(tx, { kind: 'CHARGED_WITHOUT_ORDER', transactionId, detail: reason, now })
  await tellTransaction(tx, paymentOrphaned, transaction, { caseId, reason })
  await requestRefund(tx, transaction, { amountMinor, reason, hasCase: true }, now)
}
