import type { stockCountImported } from '#contracts/catalog.ts'
import { ContractViolation } from '#platform/events/contract-violation.ts'
import { lockLevels } from '../data/lock-levels.ts'
import { recordMovements } from '../data/stock-ledger.ts'
import type { Tx } from '../data/tx.ts'
import { tellStock } from './tell-stock.ts'

type StockCount = (typeof stockCountImported)['payload']['_output']

/**
 * Books the difference between a count and what was thought to be there. Pieces that customers hold or have paid are
 * never counted away: the level stops there, nothing more can be sold, and `missing` says how many pieces should be
 * looked for. Pieces with numbers are not counted by a number of pieces: the level stays, and the difference is told.
 */
export async function countStock(tx: Tx, count: StockCount, now: Date): Promise<{ missing: number }> {
  const warehouseId = await findWarehouse(tx, count)
  const level = { variantId: count.variantId, warehouseId }
  const [locked] = await lockLevels(tx, [level])
  if (!locked) throw new Error('No stock level')
  const { onHand, free, isSerialized } = locked
  const counted = isSerialized ? onHand : Math.max(count.onHand, onHand - free)
  if (counted !== onHand) {
    await tx.stockLevel.update({ where: { variantId_warehouseId: level }, data: { onHand: counted } })
    await recordMovements(tx, [{ ...level, quantity: counted - onHand }], {
      reason: 'COUNTED',
      reference: count.importJobId,
      at: now,
    })
    await tellStock(tx, [count.variantId])
  }
  return { missing: counted - count.onHand }
}

async function findWarehouse(tx: Tx, { warehouseCode, marketId }: StockCount): Promise<string> {
  const warehouse = await tx.warehouse.findFirst({
    where: warehouseCode === null ? { shopId: null, markets: { has: marketId } } : { code: warehouseCode },
    orderBy: [{ priority: 'asc' }, { code: 'asc' }],
  })
  if (!warehouse) {
    throw new ContractViolation(
      warehouseCode === null ? `No warehouse serves ${marketId}` : `There is no warehouse ${warehouseCode}`,
    )
  }
  return warehouse.id
}
