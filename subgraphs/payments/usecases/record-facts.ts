import {
  paymentActionRequired,
  paymentAuthorized,
  paymentCanceled,
  paymentCharged,
  paymentFailed,
  paymentRefunded,
} from '#contracts/payments.ts'
import { appendEvents, findLedger } from '../data/append-events.ts'
import type { Transaction } from '../data/generated/client.ts'
import { lockTransaction, updateTransaction } from '../data/lock-transaction.ts'
import type { Tx } from '../data/tx.ts'
import { foldTransaction, type LedgerEvent } from '../domain/fold-transaction.ts'
import { settleCaptures } from './settle-captures.ts'
import { settleRefunds } from './settle-refunds.ts'
import { tellTransaction } from './tell-transaction.ts'

/** What new facts did to a transaction. */
export interface Change {
  before: Transaction
  after: Transaction
  added: readonly LedgerEvent[]
}

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
  const standing = foldTransaction(before.currency, await findLedger(tx, transactionId))
  const { isClosed, ...folded } = standing
  const after = await updateTransaction(tx, transactionId, {
    ...folded,
    ...(isClosed && { closedAt: before.closedAt ?? now, dueAt: null }),
  })
  const change = { before, after, added }
  await settleCaptures(tx, change, now)
  await settleRefunds(tx, change, now)
  await tell(tx, change)
  return after
}

async function tell(tx: Tx, { before, after, added }: Change): Promise<void> {
  if (after.authorizedMinor > before.authorizedMinor) await tellTransaction(tx, paymentAuthorized, after, {})
  if (after.chargedMinor > before.chargedMinor) await tellTransaction(tx, paymentCharged, after, {})
  if (after.refundedMinor > before.refundedMinor) await tellTransaction(tx, paymentRefunded, after, {})
  if (after.status === 'FAILED' && added.some(isFailure)) {
    await tellTransaction(tx, paymentFailed, after, {
      failureCode: after.failureCode ?? 'unknown',
      failureReason: after.failureReason ?? 'The provider refused.',
    })
  }
  if (after.status === before.status) return
  if (after.status === 'ACTION_REQUIRED') await tellTransaction(tx, paymentActionRequired, after, {})
  if (after.status === 'CANCELED') await tellTransaction(tx, paymentCanceled, after, {})
}

const isFailure = ({ type }: LedgerEvent): boolean =>
  type === 'CHARGE_FAILURE' || type === 'AUTHORIZATION_FAILURE'
