import type { OrderCharge } from '../data/generated/client.ts'
import type { OrderWithLines } from '../data/lock-order.ts'
import { noteEvents } from '../data/note-event.ts'
import type { Tx } from '../data/tx.ts'
import { settledRefunds } from '../domain/settle-refunds.ts'

/** Notes which of the refunds asked are paid now, and moves their returns to REFUNDED. The caller holds the order's row. */
export async function settleRefunds(
  tx: Tx,
  order: OrderWithLines,
  charges: readonly OrderCharge[],
  now: Date,
): Promise<void> {
  const asked = await tx.refundRequest.findMany({ where: { orderId: order.id }, orderBy: { id: 'asc' } })
  if (asked.length === 0) return
  // What went back because it was never wanted settles no request; of a called-off order everything was wanted once.
  const counted = charges.filter(
    (charge) =>
      charge.currency === order.currency && (charge.rejectedAt === null || order.status === 'CANCELED'),
  )
  const refunded = counted.reduce((sum, charge) => sum + charge.refundedMinor, 0n)
  const settled = settledRefunds(asked, refunded).filter((request) => request.settledAt === null)
  if (settled.length === 0) return
  await tx.refundRequest.updateMany({
    where: { id: { in: settled.map((request) => request.id) } },
    data: { settledAt: now },
  })
  const returnIds = settled.flatMap((request) => request.returnId ?? [])
  if (returnIds.length === 0) return
  await tx.return.updateMany({
    where: { id: { in: returnIds }, status: 'RECEIVED' },
    data: { status: 'REFUNDED', refundedAt: now },
  })
  const message = 'The money for what came back went back.'
  await noteEvents(tx, [{ orderId: order.id, at: now, type: 'return.refunded', message, actor: 'system' }])
}
