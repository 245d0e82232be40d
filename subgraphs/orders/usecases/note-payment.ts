import { ContractViolation } from '#platform/events/contract-violation.ts'
import { lockOrder } from '../data/lock-order.ts'
import { noteEvents } from '../data/note-event.ts'
import { type ChargeSums, recordCharge } from '../data/record-charge.ts'
import type { Tx } from '../data/tx.ts'
import { foldPayments } from './fold-payments.ts'
import { settleRefunds } from './settle-refunds.ts'

/**
 * Something happened to a payment that confirms nothing: refused, called off, given back, disputed. Folds it into the
 * order's words and onto its timeline. The order stays as it is.
 */
export async function notePayment(
  tx: Tx,
  sums: ChargeSums,
  note: { type: string; message: string } | null,
  now: Date,
): Promise<void> {
  const order = await lockOrder(tx, sums.orderId)
  if (!order) throw new ContractViolation(`Payments tells of order ${sums.orderId}, which does not exist`)
  const charges = await recordCharge(tx, sums)
  await foldPayments(tx, order, charges)
  if (note) await noteEvents(tx, [{ orderId: order.id, at: now, ...note, actor: 'system' }])
  await settleRefunds(tx, order, charges, now)
}
