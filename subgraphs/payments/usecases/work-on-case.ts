import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import type { PaymentCase, PaymentCaseResolution, PaymentCaseStep } from '../data/generated/client.ts'
import { lockTransaction } from '../data/lock-transaction.ts'
import type { Tx } from '../data/tx.ts'
import { keptMinor } from '../domain/money-due.ts'
import { refundableMinor, requestRefund } from './request-refund.ts'

/** A case as somebody saw it. */
export interface SeenCase {
  id: string
  version: number
  actorRef: string
}

export type CaseRefusal =
  | { kind: 'NotOpen' }
  /** Somebody else did something about it. */
  | { kind: 'Changed'; paymentCase: PaymentCase }
  | { kind: 'StillKept' }
  | { kind: 'NothingToRetry' }

/** The caller looks after the case from now on. */
export async function takeCase(
  tx: Tx,
  refuse: Refuse<CaseRefusal>,
  { seen, now }: { seen: SeenCase; now: Date },
): Promise<PaymentCase> {
  const step = { step: 'TAKEN', note: null } as const
  return await moveOn(tx, refuse, { seen, change: { ownerRef: seen.actorRef }, ...step, now })
}

/** Ends the case. That money was given back is only taken from the ledger. */
export async function resolveCase(
  tx: Tx,
  refuse: Refuse<CaseRefusal>,
  {
    seen,
    resolution,
    note,
    now,
  }: { seen: SeenCase; resolution: PaymentCaseResolution; note: string; now: Date },
): Promise<PaymentCase> {
  const change = { resolution, closedAt: now }
  const resolved = await moveOn(tx, refuse, { seen, change, step: 'RESOLVED', note, now })
  if (resolution === 'REFUNDED' && resolved.transactionId !== null) {
    const transaction = await tx.transaction.findUniqueOrThrow({ where: { id: resolved.transactionId } })
    if (keptMinor(transaction) > 0n) refuse({ kind: 'StillKept' })
  }
  return resolved
}

/** Tries the case's failed refund again at once, as often as a new one. */
export async function retryRefund(
  tx: Tx,
  refuse: Refuse<CaseRefusal>,
  { seen, now }: { seen: SeenCase; now: Date },
): Promise<PaymentCase> {
  const retried = await moveOn(tx, refuse, { seen, change: {}, step: 'RETRIED', note: null, now })
  const { transactionId, kind } = retried
  const transaction = transactionId === null ? null : await lockTransaction(tx, transactionId)
  if (kind !== 'FAILED_REFUND' || !transaction) return refuse({ kind: 'NothingToRetry' })
  const failed = await tx.refund.findFirst({
    where: { transactionId: transaction.id, state: 'FAILED' },
    orderBy: { id: 'desc' },
  })
  // It is not waited for any more: what it promised is free for the one that follows.
  await tx.refund.updateMany({
    where: { transactionId: transaction.id, state: 'FAILED' },
    data: { dueAt: null },
  })
  const left = await refundableMinor(tx, transaction)
  const { amountMinor = left, reason = retried.detail, requestId = null } = failed ?? {}
  const wanted = { amountMinor, reason, hasCase: true, ...(requestId !== null && { requestId }) }
  const begun = await requestRefund(tx, transaction, wanted, now)
  return begun ? retried : refuse({ kind: 'NothingToRetry' })
}

/** One step on for whoever saw the case as it is; of two at once the second is refused. */
async function moveOn(
  tx: Tx,
  refuse: Refuse<CaseRefusal>,
  wanted: {
    seen: SeenCase
    change: Partial<Pick<PaymentCase, 'ownerRef' | 'resolution' | 'closedAt'>>
    step: PaymentCaseStep
    note: string | null
    now: Date
  },
): Promise<PaymentCase> {
  const { seen, change, step, note, now } = wanted
  const { id, version, actorRef } = seen
  const moved = await tx.paymentCase.updateMany({
    where: { id, version, closedAt: null },
    data: { ...change, version: { increment: 1 } },
  })
  const paymentCase = await tx.paymentCase.findUnique({ where: { id } })
  if (!paymentCase || (moved.count === 0 && paymentCase.closedAt)) return refuse({ kind: 'NotOpen' })
  if (moved.count === 0) return refuse({ kind: 'Changed', paymentCase })
  await tx.paymentCaseEntry.create({ data: { id: uuidv7(), caseId: id, step, actorRef, note, at: now } })
  return paymentCase
}
