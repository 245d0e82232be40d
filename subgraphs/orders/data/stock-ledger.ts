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
