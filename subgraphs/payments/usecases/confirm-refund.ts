import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import type { Refund, Transaction } from '../data/generated/client.ts'
import { lockTransaction } from '../data/lock-transaction.ts'
import type { Tx } from '../data/tx.ts'
import { lockOpenCashSession } from './cash-sessions.ts'
import { recordFacts } from './record-facts.ts'

export type ConfirmRefusal = { kind: 'NoRefund' } | { kind: 'NeedsTill' } | { kind: 'NoDrawer' }

export interface GivenByHand {
  refundId: string
  /** The receipt's number, the terminal's or the bank's reference. */
  reference: string
  registerId: string | null
  actorRef: string
}

/** A person gave money back. Cash comes out of an open drawer; a repetition takes nothing more out of it. */
export async function confirmRefund(
  tx: Tx,
  refuse: Refuse<ConfirmRefusal>,
  { given, now }: { given: GivenByHand; now: Date },
): Promise<{ kind: 'Done'; transactionId: string }> {
  const found = await tx.refund.findUnique({ where: { id: given.refundId } })
  if (!found?.isByHand) return refuse({ kind: 'NoRefund' })
  const { transactionId } = found
  const transaction = await lockTransaction(tx, transactionId)
  if (!transaction) return refuse({ kind: 'NoRefund' })
  const refund = await tx.refund.findUniqueOrThrow({ where: { id: found.id } })
  if (refund.state === 'SUCCEEDED') return { kind: 'Done', transactionId }
  if (transaction.kind === 'CASH') await takeFromDrawer(tx, refuse, { given, refund, transaction, now })
  const { id: pspReference, amountMinor } = refund
  const { currency } = transaction
  await tx.refund.update({ where: { id: refund.id }, data: { pspReference } })
  const fact = { pspReference, currency, amountMinor, code: null, message: given.reference, at: now }
  await recordFacts(tx, transactionId, [{ ...fact, type: 'REFUND_SUCCESS' }], now)
  return { kind: 'Done', transactionId }
}

async function takeFromDrawer(
  tx: Tx,
  refuse: Refuse<ConfirmRefusal>,
  paid: { given: GivenByHand; refund: Refund; transaction: Transaction; now: Date },
): Promise<void> {
  const { given, refund, transaction, now } = paid
  if (given.registerId === null) return refuse({ kind: 'NeedsTill' })
  const session = await lockOpenCashSession(tx, given.registerId)
  if (session?.currency !== transaction.currency) return refuse({ kind: 'NoDrawer' })
  await tx.cashMovement.create({
    data: {
      id: uuidv7(),
      sessionId: session.id,
      kind: 'REFUND',
      transactionId: transaction.id,
      refundId: refund.id,
      amountMinor: -refund.amountMinor,
      reason: refund.reason,
      clerkRef: given.actorRef,
      at: now,
    },
  })
}
