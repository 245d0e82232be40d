import { paymentDisputed } from '#contracts/payments.ts'
import type { Transaction } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import type { Dispute, Report } from '../providers/payment-provider.ts'
import { closeCases, openCase } from './payment-cases.ts'
import { recordFacts } from './record-facts.ts'
import { tellTransaction } from './tell-transaction.ts'

/** Takes what a provider says of one transaction: what happened to the money, and what its bank disputes. */
export async function recordReport(
  tx: Tx,
  transactionId: string,
  { facts, disputes }: Pick<Report, 'facts' | 'disputes'>,
  now: Date,
): Promise<Transaction> {
  const transaction = await recordFacts(tx, transactionId, facts, now)
  for (const dispute of disputes) await recordDispute(tx, transaction, dispute, now)
  return transaction
}

/** A dispute that is decided stays so, whatever is told late. The caller holds the transaction's row. */
async function recordDispute(tx: Tx, transaction: Transaction, dispute: Dispute, now: Date): Promise<void> {
  const { provider, id: transactionId } = transaction
  const { reference: id, status, currency, amountMinor, reason, at } = dispute
  const known = await tx.dispute.findUnique({ where: { provider_id: { provider, id } } })
  if (known && (known.status === status || known.status !== 'OPEN')) return
  const closedAt = status === 'OPEN' ? null : now
  await tx.dispute.upsert({
    where: { provider_id: { provider, id } },
    create: { provider, id, transactionId, currency, amountMinor, status, reason, openedAt: at, closedAt },
    update: { status, closedAt },
  })
  if (status === 'OPEN') {
    const detail = `The bank disputes ${amountMinor} minor units of ${currency}: ${reason}.`
    await openCase(tx, { kind: 'DISPUTE', transactionId, detail, now })
  } else {
    const resolution = status === 'WON' ? 'KEPT' : 'WRITTEN_OFF'
    await closeCases(tx, { transactionId, kinds: ['DISPUTE'], resolution, now })
  }
  const told = { disputeId: id, disputedMinor: amountMinor.toString(), status, reason }
  await tellTransaction(tx, paymentDisputed, transaction, told)
}
