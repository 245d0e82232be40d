import { ContractViolation } from '#platform/events/contract-violation.ts'
import { lockOrder } from '../data/lock-order.ts'
import { noteEvents } from '../data/note-event.ts'
import { type ChargeSums, recordCharge } from '../data/record-charge.ts'
import type { Tx } from '../data/tx.ts'
import { chargeStatusOf } from '../domain/charge-status.ts'
import { paidFor } from './apply-charge.ts'

/** Money was given back: folds it into the order's charge status. */
export async function applyRefund(tx: Tx, sums: ChargeSums, now: Date): Promise<void> {
  const order = await lockOrder(tx, sums.orderId)
  if (!order)
    throw new ContractViolation(`Money was given back for order ${sums.orderId}, which does not exist`)
  const charges = await recordCharge(tx, sums)
  await tx.order.update({
    where: { id: order.id },
    data: { chargeStatus: chargeStatusOf(order.totalMinor, paidFor(order, charges)) },
  })
  const message = 'Money was given back.'
  await noteEvents(tx, [{ orderId: order.id, at: now, type: 'payment.refunded', message, actor: 'system' }])
}
