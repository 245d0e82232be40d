import type { Return, ReturnLine } from './generated/client.ts'
import { lockOrder, type OrderWithLines } from './lock-order.ts'
import type { Tx } from './tx.ts'

export type ReturnWithLines = Return & { lines: ReturnLine[] }

/** A return and its order, whose row is locked first, as everywhere; null when there is none. */
export async function lockReturn(
  tx: Tx,
  returnId: string,
): Promise<{ order: OrderWithLines; found: ReturnWithLines } | null> {
  const seen = await tx.return.findUnique({ where: { id: returnId }, select: { orderId: true } })
  const order = seen && (await lockOrder(tx, seen.orderId))
  if (!order) return null
  const found = await tx.return.findUniqueOrThrow({
    where: { id: returnId },
    include: { lines: { orderBy: { lineId: 'asc' } } },
  })
  return { order, found }
}
