import { uuidv7 } from '#platform/ids/uuid.ts'
import type { PaymentCaseKind, PaymentCaseResolution } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'

interface FoundCase {
  kind: PaymentCaseKind
  transactionId: string
  detail: string
  now: Date
}

/** Opens a case, unless one of its kind is open for the transaction. Returns the open one's id. */
export async function openCase(tx: Tx, found: FoundCase): Promise<string> {
  const { kind, transactionId, detail, now } = found
  const open = await tx.paymentCase.findFirst({ where: { kind, transactionId, closedAt: null } })
  if (open) return open.id
  const { orderId } = await tx.transaction.findUniqueOrThrow({ where: { id: transactionId } })
  return await insertCase(tx, { kind, transactionId, orderId, detail, now })
}

/** Opens a case whatever else is open, for money that may belong to no transaction. */
export async function insertCase(
  tx: Tx,
  found: Omit<FoundCase, 'transactionId'> & { transactionId: string | null; orderId: string | null },
): Promise<string> {
  const { kind, transactionId, orderId, detail, now } = found
  const id = uuidv7()
  await tx.paymentCase.create({ data: { id, kind, transactionId, orderId, detail, openedAt: now } })
  await tx.paymentCaseEntry.create({
    data: { id: uuidv7(), caseId: id, step: 'OPENED', note: detail, at: now },
  })
  return id
}

/** Ends the open cases of these kinds that something else has settled. */
export async function closeCases(
  tx: Tx,
  settled: { transactionId: string; kinds: PaymentCaseKind[]; resolution: PaymentCaseResolution; now: Date },
): Promise<void> {
  const { transactionId, kinds, resolution, now } = settled
  const open = await tx.paymentCase.findMany({
    where: { transactionId, kind: { in: kinds }, closedAt: null },
    select: { id: true },
  })
  for (const { id } of open) await closeCase(tx, { id, resolution, now })
}

/** Ends a case that nobody has to look at any more. */
export async function closeCase(
  tx: Tx,
  { id, resolution, now }: { id: string; resolution: PaymentCaseResolution; now: Date },
): Promise<void> {
  const closed = await tx.paymentCase.updateMany({
    where: { id, closedAt: null },
    data: { closedAt: now, resolution, version: { increment: 1 } },
  })
  if (closed.count === 0) return
  await tx.paymentCaseEntry.create({ data: { id: uuidv7(), caseId: id, step: 'RESOLVED', at: now } })
}
