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

export interface LevelKey {
  variantId: string
  warehouseId: string
}

export interface LockedLevel extends LevelKey {
  onHand: number
  /** Pieces that nobody was promised. */
  free: number
  isSerialized: boolean
}

/** The levels, made where missing, locked until the commit in (variant, warehouse) order and returned in it. */
export async function lockLevels(tx: Tx, keys: readonly LevelKey[]): Promise<LockedLevel[]> {
  return await tx.$queryRaw<LockedLevel[]>`
    WITH locked AS (
      INSERT INTO stock_levels AS l (variant_id, warehouse_id)
      SELECT DISTINCT variant_id, warehouse_id
        FROM unnest(${keys.map((key) => key.variantId)}::uuid[], ${keys.map((key) => key.warehouseId)}::uuid[])
             AS k (variant_id, warehouse_id)
       ORDER BY variant_id, warehouse_id
      ON CONFLICT (variant_id, warehouse_id) DO UPDATE SET on_hand = l.on_hand
      RETURNING variant_id, warehouse_id, on_hand, on_hand - reserved - committed AS free
    )
    SELECT variant_id AS "variantId", warehouse_id AS "warehouseId", on_hand AS "onHand", free,
           coalesce(is_serialized, false) AS "isSerialized"
      FROM locked LEFT JOIN sellables USING (variant_id)
     ORDER BY variant_id, warehouse_id`
}

/** Pieces to add to a level, or negative: to take away. */
export interface LevelChange extends LevelKey {
  onHand: number
  incoming: number
}

/**
 * Changes levels that the caller has locked, one change per level. Throws when pieces would go that are not free: the
 * caller has looked before.
 */
export async function changeLevels(tx: Tx, changes: readonly LevelChange[]): Promise<void> {
  const changed = await tx.$executeRaw`
    UPDATE stock_levels l SET on_hand = l.on_hand + c.on_hand, incoming = l.incoming + c.incoming
      FROM unnest(${changes.map((change) => change.variantId)}::uuid[],
                  ${changes.map((change) => change.warehouseId)}::uuid[],
                  ${changes.map((change) => change.onHand)}::int[],
                  ${changes.map((change) => change.incoming)}::int[]) AS c (variant_id, warehouse_id, on_hand, incoming)
     WHERE l.variant_id = c.variant_id AND l.warehouse_id = c.warehouse_id
       AND l.on_hand - l.reserved - l.committed + c.on_hand >= 0 AND l.incoming + c.incoming >= 0`
  if (changed !== changes.length) throw new Error('Pieces would go that are not there')
}
