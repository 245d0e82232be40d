import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { badInput, notFound } from '#platform/errors/errors.ts'
import { changeLevels, lockLevels } from '../data/lock-levels.ts'
import { recordMovements } from '../data/stock-ledger.ts'
import { receiveUnits } from '../data/stock-units.ts'
import type { Tx } from '../data/tx.ts'
import { areNamed, mergeStockLines, numberedIn } from '../domain/stock-lines.ts'
import { misfits, type SerialMismatch, wrongCount } from './stock-refusal.ts'
import { tellStock } from './tell-stock.ts'

export interface Arrival {
  warehouseCode: string
  lines: readonly { variantId: string; quantity: number; serials?: readonly string[] }[]
  /** Names the delivery note. */
  reference: string | null
  /** Where numbered pieces come from. */
  provenance?: string | null
  /** Who of the staff took it in; the set-up of a house has nobody. */
  actorRef?: string
}

/**
 * Pieces arrive in a warehouse, named by its code. Told per variant, so a long delivery is better received in parts of
 * about a hundred lines.
 */
export async function receiveStock(
  tx: Tx,
  arrival: Arrival,
  now: Date,
  refuse: Refuse<SerialMismatch> = throwRefusal,
): Promise<void> {
  const warehouse = await tx.warehouse.findUnique({ where: { code: arrival.warehouseCode } })
  if (!warehouse) throw notFound(`There is no warehouse ${arrival.warehouseCode}.`)
  const warehouseId = warehouse.id
  const lines = mergeStockLines(arrival.lines.map(({ serials = [], ...line }) => ({ ...line, serials })))
  if (!lines.every((line) => Number.isInteger(line.quantity) && line.quantity > 0)) {
    throw badInput('Every line needs at least one piece.')
  }
  const levels = await lockLevels(
    tx,
    lines.map(({ variantId }) => ({ variantId, warehouseId })),
  )
  const serialized = new Set(levels.filter((level) => level.isSerialized).map((level) => level.variantId))
  if (!areNamed(lines, (variantId) => serialized.has(variantId))) refuse(wrongCount)
  await changeLevels(
    tx,
    lines.map(({ variantId, quantity }) => ({ variantId, warehouseId, onHand: quantity, incoming: 0 })),
  )
  const units = numberedIn(lines)
  if (units.length > 0) {
    const { reference, provenance = null } = arrival
    const misfit = misfits(
      units,
      await receiveUnits(tx, units, { warehouseId, provenance, reference, at: now }),
    )
    if (misfit) refuse(misfit)
  }
  await recordMovements(
    tx,
    lines.map(({ variantId, quantity }) => ({ variantId, quantity, warehouseId })),
    {
      reason: 'RECEIVED',
      reference: arrival.reference,
      at: now,
      ...(arrival.actorRef !== undefined && { actorRef: arrival.actorRef }),
    },
  )
  await tellStock(
    tx,
    lines.map((line) => line.variantId),
  )
}

function throwRefusal(refusal: SerialMismatch): never {
  throw badInput(refusal.message)
}
