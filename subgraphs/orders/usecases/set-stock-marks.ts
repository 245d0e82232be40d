import { lockLevels } from '../data/lock-levels.ts'
import type { Tx } from '../data/tx.ts'
import { tellStock } from './tell-stock.ts'

/** Says how many pieces are kept back from online sale and when stock is low. */
export async function setStockMarks(
  tx: Tx,
  marks: { variantId: string; warehouseId: string; safety: number; lowAt: number },
): Promise<void> {
  const { variantId, warehouseId, ...data } = marks
  const key = { variantId, warehouseId }
  await lockLevels(tx, [key])
  await tx.stockLevel.update({ where: { variantId_warehouseId: key }, data })
  await tellStock(tx, [variantId])
}
