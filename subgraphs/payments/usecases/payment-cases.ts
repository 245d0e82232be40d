import { uuidv7 } from '#platform/ids/uuid.ts'
import type { PaymentCaseKind } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'

/** Opens a case, unless one of its kind is open for the transaction. Returns the open one's id. */
export async function openCase(
  tx: Tx,
  found: { kind: PaymentCaseKind; transactionId: string; detail: string; now: Date },
): Promise<string> {
  const { kind, transactionId, detail, now } = found
  const open = await tx.paymentCase.findFirst({ where: { kind, transactionId, closedAt: null } })
  if (open) return open.id
  const id = uuidv7()
  await tx.paymentCase.create({ data: { id, kind, transactionId, detail, openedAt: now } })
  return id
}

/** Closes what giving the money back has settled. */
export async function closeCasesOfRefund(tx: Tx, transactionId: string, now: Date): Promise<void> {
  await tx.paymentCase.updateMany({ where: { transactionId, closedAt: null }, data: { closedAt: now } })
}
