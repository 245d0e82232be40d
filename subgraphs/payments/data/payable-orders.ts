import type { PayableOrder } from './generated/client.ts'
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

/** Notes an order, or what is newly known of it. An order that has ended stays ended. */
export async function notePayableOrder(tx: Tx, order: KnownOrder): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO payable_orders AS o (order_id, number, customer_ref, market_id, currency, total_minor, expires_at)
    VALUES (${order.orderId}::uuid, ${order.number}, ${order.customerRef}::uuid, ${order.marketId}, ${order.currency},
            ${order.totalMinor}, ${order.expiresAt})
    ON CONFLICT (order_id) DO UPDATE
       SET market_id = coalesce(excluded.market_id, o.market_id),
           total_minor = excluded.total_minor,
           expires_at = coalesce(excluded.expires_at, o.expires_at)`
}

/** Takes the order's row: attempts to pay it begin and end one after the other. */
export async function lockPayableOrder(tx: Tx, orderId: string): Promise<PayableOrder> {
  await tx.$queryRaw`SELECT FROM payable_orders WHERE order_id = ${orderId}::uuid FOR UPDATE`
  return await tx.payableOrder.findUniqueOrThrow({ where: { orderId } })
}
