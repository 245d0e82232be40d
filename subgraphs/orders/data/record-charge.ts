import { columnsOf } from '#platform/database/rows.ts'
import { type OrderCharge, Prisma } from './generated/client.ts'
import type { Tx } from './tx.ts'

export interface ChargeSums {
  transactionId: string
  orderId: string
  /** Number of the event among those of its transaction. */
  sequence: number
  currency: string
  authorizedMinor: bigint
  chargedMinor: bigint
  refundedMinor: bigint
}

/**
 * Keeps what payments told of a transaction and returns all charges of the order. What is charged and given back only
 * grows, so an event that is told late cannot take it back; what is authorised goes up and down, so there the newest
 * event is right. Money that comes on top of what was asked back is a new matter. The caller holds the order's row.
 */
export async function recordCharge(tx: Tx, sums: ChargeSums): Promise<OrderCharge[]> {
  await tx.$executeRaw`
    INSERT INTO order_charges AS c (transaction_id, order_id, sequence, currency, authorized_minor, charged_minor, refunded_minor)
    VALUES (${sums.transactionId}::uuid, ${sums.orderId}::uuid, ${sums.sequence}::bigint, ${sums.currency},
            ${sums.authorizedMinor}, ${sums.chargedMinor}, ${sums.refundedMinor})
    ON CONFLICT (transaction_id) DO UPDATE
       SET authorized_minor = CASE WHEN excluded.sequence > c.sequence THEN excluded.authorized_minor ELSE c.authorized_minor END,
           sequence = greatest(c.sequence, excluded.sequence),
           charged_minor = greatest(c.charged_minor, excluded.charged_minor),
           refunded_minor = greatest(c.refunded_minor, excluded.refunded_minor),
           rejected_at = CASE WHEN excluded.charged_minor > c.charged_minor THEN NULL ELSE c.rejected_at END`
  return await findCharges(tx, sums.orderId)
}

const columns = columnsOf(Prisma.OrderChargeScalarFieldEnum)

/** What payments told of the order's transactions so far. */
export async function findCharges(tx: Tx, orderId: string): Promise<OrderCharge[]> {
  return await tx.$queryRawUnsafe(`SELECT ${columns} FROM order_charges WHERE order_id = $1::uuid`, orderId)
}
