import { columnsOf } from '#platform/database/rows.ts'
import { type PayableOrder, Prisma } from './generated/client.ts'
import type { Tx } from './tx.ts'

export interface KnownOrder {
  orderId: string
  number: string
  customerRef: string | null
  marketId: string | null
  currency: string
  totalMinor: bigint
  expiresAt: Date | null
}

const columns = columnsOf(Prisma.PayableOrderScalarFieldEnum)

/**
 * Notes an order, or what is newly known of it. An order that has ended stays ended. Returns its row, locked until the
 * commit.
 */
export async function notePayableOrder(tx: Tx, order: KnownOrder): Promise<PayableOrder> {
  const [noted] = await tx.$queryRawUnsafe<PayableOrder[]>(
    `INSERT INTO payable_orders AS o (order_id, number, customer_ref, market_id, currency, total_minor, expires_at)
    VALUES ($1::uuid, $2, $3::uuid, $4, $5, $6, $7)
    ON CONFLICT (order_id) DO UPDATE
       SET market_id = coalesce(excluded.market_id, o.market_id),
           total_minor = excluded.total_minor,
           expires_at = coalesce(excluded.expires_at, o.expires_at)
    RETURNING ${columns}`,
    order.orderId,
    order.number,
    order.customerRef,
    order.marketId,
    order.currency,
    order.totalMinor,
    order.expiresAt,
  )
  if (!noted) throw new Error(`Order ${order.orderId} was not noted`)
  return noted
}

/** Takes the order's row: attempts to pay it begin and end one after the other. */
export async function lockPayableOrder(tx: Tx, orderId: string): Promise<PayableOrder> {
  const [order] = await tx.$queryRawUnsafe<PayableOrder[]>(
    `SELECT ${columns} FROM payable_orders WHERE order_id = $1::uuid FOR UPDATE`,
    orderId,
  )
  if (!order) throw new Error(`There is no order ${orderId}`)
  return order
}
