import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import type { OrderWithLines } from '../data/lock-order.ts'
import { lockLevels } from '../data/lock-levels.ts'
import type { ReturnWithLines } from '../data/lock-return.ts'
import { returnUnits } from '../data/return-units.ts'
import { recordMovements } from '../data/stock-ledger.ts'
import type { Tx } from '../data/tx.ts'
import type { ReturnRefusal } from './return-refusal.ts'
import { tellStock } from './tell-stock.ts'

interface ReturnedGoods {
  order: OrderWithLines
  found: ReturnWithLines
  isRestocked: boolean
  /** Where the pieces are now; null: where they came from. */
  warehouseCode: string | null
  /** Of numbered pieces, where only some of a line came back. */
  serials: readonly string[]
}

/** The pieces of a return are here: numbered ones are known again, and what can be sold can be bought again. */
export async function takeGoodsBack(
  tx: Tx,
  goods: ReturnedGoods,
  refuse: Refuse<ReturnRefusal>,
  now: Date,
): Promise<void> {
  const { order, found, isRestocked, serials } = goods
  const homeOf = await findHomes(tx, goods, refuse)
  const pieces = found.lines
    .map(({ lineId, quantity }) => {
      const line = order.lines.find((candidate) => candidate.id === lineId)
      const warehouseId = homeOf(lineId)
      if (!line || warehouseId === null) throw new Error(`Line ${lineId} never left a warehouse`)
      return { lineId, variantId: line.variantId, warehouseId, quantity }
    })
    .sort((a, b) => (a.variantId < b.variantId ? -1 : 1))
  if (isRestocked) await lockLevels(tx, pieces)
  for (const { lineId, variantId, warehouseId, quantity } of pieces) {
    if (isRestocked) {
      await tx.stockLevel.update({
        where: { variantId_warehouseId: { variantId, warehouseId } },
        data: { onHand: { increment: quantity } },
      })
    }
    const back = { lineId, quantity, warehouseId: isRestocked ? warehouseId : null }
    if (await returnUnits(tx, back, { serials, orderId: order.id, at: now })) continue
    const message = 'Say the serial numbers of the pieces that came back.'
    refuse({ kind: 'InvalidInputError', message, field: 'serials' })
  }
  if (!isRestocked) return
  await recordMovements(tx, pieces, { reason: 'RETURNED', reference: order.id, at: now })
  await tellStock(
    tx,
    pieces.map((piece) => piece.variantId),
  )
}

/** The warehouse named, or the one each line was taken from. */
async function findHomes(
  tx: Tx,
  { order, warehouseCode }: ReturnedGoods,
  refuse: Refuse<ReturnRefusal>,
): Promise<(lineId: string) => string | null> {
  if (warehouseCode !== null) {
    const warehouse = await tx.warehouse.findUnique({ where: { code: warehouseCode } })
    if (!warehouse) {
      const message = 'There is no warehouse of this code.'
      return refuse({ kind: 'InvalidInputError', message, field: 'warehouseCode' })
    }
    return () => warehouse.id
  }
  const taken = await tx.stockReservation.findMany({
    where: { orderId: order.id, state: 'FULFILLED' },
    select: { lineId: true, warehouseId: true },
    orderBy: { id: 'desc' },
  })
  const homes = new Map(taken.map((reservation) => [reservation.lineId, reservation.warehouseId]))
  return (lineId) => homes.get(lineId) ?? null
}
