import { uuidv7 } from '#platform/ids/uuid.ts'
import type { AdjustmentReason, MovementReason } from './generated/client.ts'
import type { Allotment } from '../domain/allocate-goods.ts'
import type { Tx } from './tx.ts'

/** Writes pieces that came (positive) or went (negative) into the ledger; the levels are changed by the caller. */
export async function recordMovements(
  tx: Tx,
  movements: readonly Allotment[],
  why: {
    reason: MovementReason
    reference: string | null
    at: Date
    adjustment?: AdjustmentReason
    note?: string | null
    actorRef?: string
  },
): Promise<void> {
  const data = movements.flatMap(({ variantId, warehouseId, quantity }) =>
    quantity === 0 ? [] : [{ id: uuidv7(), variantId, warehouseId, quantity, ...why }],
  )
  await tx.stockMovement.createMany({ data })
}

/** The level's row, made when missing and locked until the commit. */
export async function lockLevel(
  tx: Tx,
  level: { variantId: string; warehouseId: string },
): Promise<{ onHand: number; bound: number }> {
  const [row] = await tx.$queryRaw<{ on_hand: number; bound: number }[]>`
    INSERT INTO stock_levels AS l (variant_id, warehouse_id) VALUES (${level.variantId}::uuid, ${level.warehouseId}::uuid)
    ON CONFLICT (variant_id, warehouse_id) DO UPDATE SET on_hand = l.on_hand
    RETURNING on_hand, reserved + committed AS bound`
  if (!row) throw new Error('No stock level')
  return { onHand: row.on_hand, bound: row.bound }
}
