import type { Order, OrderLine } from './generated/client.ts'
import type { Tx } from './tx.ts'

export type OrderWithLines = Order & { lines: OrderLine[] }

/** The order, its row locked until the commit; null when there is none. Lock the order before its goods. */
export async function lockOrder(tx: Tx, orderId: string): Promise<OrderWithLines | null> {
  await tx.$queryRaw`SELECT id FROM orders WHERE id = ${orderId}::uuid FOR UPDATE`
  return await tx.order.findUnique({ where: { id: orderId }, include: linesInOrder })
}

export const linesInOrder = { lines: { orderBy: { position: 'asc' } } } as const
