import type { OrderCharge } from './generated/client.ts'
import type { Tx } from './tx.ts'

export interface ChargeSums {
  transactionId: string
  orderId: string
  currency: string
  chargedMinor: bigint
  refundedMinor: bigint
}

/**
 * Keeps what payments told of a transaction and returns all charges of the order. Sums only grow, so an event that is
 * told late cannot take one back. The caller holds the order's row.
 */
export async function recordCharge(tx: Tx, sums: ChargeSums): Promise<OrderCharge[]> {
  await tx.$executeRaw`
    INSERT INTO order_charges AS c (transaction_id, order_id, currency, charged_minor, refunded_minor)
    VALUES (${sums.transactionId}::uuid, ${sums.orderId}::uuid, ${sums.currency}, ${sums.chargedMinor}, ${sums.refundedMinor})
    ON CONFLICT (transaction_id) DO UPDATE
       SET charged_minor = greatest(c.charged_minor, excluded.charged_minor),
           refunded_minor = greatest(c.refunded_minor, excluded.refunded_minor)`
  return await tx.orderCharge.findMany({ where: { orderId: sums.orderId } })
}
