import { columnsOf } from '#platform/database/rows.ts'
import { type Order, type OrderLine, Prisma } from './generated/client.ts'
import type { Tx } from './tx.ts'

export type OrderWithLines = Order & { lines: OrderLine[] }

const orderColumns = columnsOf(Prisma.OrderScalarFieldEnum)
const lineColumns = columnsOf(Prisma.OrderLineScalarFieldEnum)

/** The order, its row locked until the commit; null when there is none. Lock the order before its goods. */
export async function lockOrder(tx: Tx, orderId: string): Promise<OrderWithLines | null> {
  const [order] = await tx.$queryRawUnsafe<Order[]>(
    `SELECT ${orderColumns} FROM orders WHERE id = $1::uuid FOR UPDATE`,
    orderId,
  )
  if (!order) return null
  const lines = await tx.$queryRawUnsafe<OrderLine[]>(
    `SELECT ${lineColumns} FROM order_lines WHERE order_id = $1::uuid ORDER BY position`,
    orderId,
  )
  return { ...order, lines }
}

export const linesInOrder = { lines: { orderBy: { position: 'asc' } } } as const
