import type { Tx } from '../data/tx.ts'
import { closeCase, insertCase, openCase } from './payment-cases.ts'

export interface FoundDifference {
  /** See {@link differenceId}: found again it is the same row. */
  id: string
  check: string
  subject: string
  detail: string
  orderId: string | null
  transactionId: string | null
  /** The run that found it; null when another book told it. */
  runId: string | null
  /** Money is concerned: a person has to look. */
  needsCase: boolean
}

/** Notes that two books differ. What is found again is the same row, and opens no second case. */
export async function recordDifference(tx: Tx, found: FoundDifference, now: Date): Promise<void> {
  const { id, check, subject, detail, orderId, transactionId, runId } = found
  const before = await tx.reconciliationDifference.findUnique({ where: { id } })
  const isKnown = before !== null && before.closedAt === null
  const caseId =
    found.needsCase && !(isKnown && before.caseId !== null)
      ? await openCaseOf(tx, found, now)
      : before?.caseId
  await tx.reconciliationDifference.upsert({
    where: { id },
    create: {
      id,
      check,
      subject,
      detail,
      orderId,
      transactionId,
      runId,
      caseId: caseId ?? null,
      foundAt: now,
      seenAt: now,
    },
    update: {
      detail,
      transactionId,
      runId,
      caseId: caseId ?? null,
      seenAt: now,
      closedAt: null,
      ...(!isKnown && { foundAt: now }),
    },
  })
}

async function openCaseOf(
  tx: Tx,
  { transactionId, orderId, detail }: FoundDifference,
  now: Date,
): Promise<string> {
  return transactionId === null
    ? await insertCase(tx, { kind: 'RECONCILIATION', transactionId, orderId, detail, now })
    : await openCase(tx, { kind: 'RECONCILIATION', transactionId, detail, now })
}

/** The books agree again. A case that nobody has ended is ended with it, unless it is about another difference too. */
export async function closeDifference(tx: Tx, id: string, now: Date): Promise<void> {
  const { caseId } = await tx.reconciliationDifference.update({ where: { id }, data: { closedAt: now } })
  if (caseId === null) return
  const others = await tx.reconciliationDifference.count({ where: { caseId, closedAt: null } })
  if (others === 0) await closeCase(tx, { id: caseId, resolution: 'CORRECTED', now })
}
