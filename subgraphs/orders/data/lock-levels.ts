import type { Tx } from './tx.ts'

/**
 * Locks every level that these orders hold pieces of, and every level of these variants, in (variant, warehouse) order:
 * for who frees one order's goods and takes another's in one transaction.
 */
export async function lockLevelsOfOrders(
  tx: Tx,
  orderIds: readonly string[],
  variantIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    SELECT FROM stock_levels l
     WHERE l.variant_id = ANY (${variantIds}::uuid[])
        OR (l.variant_id, l.warehouse_id) IN (
             SELECT variant_id, warehouse_id FROM stock_reservations
              WHERE order_id = ANY (${orderIds}::uuid[]) AND state = 'HELD')
     ORDER BY l.variant_id, l.warehouse_id
       FOR UPDATE OF l`
}
