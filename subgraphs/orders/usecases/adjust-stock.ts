import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import type { AdjustmentReason } from '../data/generated/client.ts'
import { changeLevels, lockLevels } from '../data/lock-levels.ts'
import { recordMovements } from '../data/stock-ledger.ts'
import { moveUnits, receiveUnits } from '../data/stock-units.ts'
import type { Tx } from '../data/tx.ts'
import { areNamed, numberedIn } from '../domain/stock-lines.ts'
import { insufficientStock, misfits, type StockRefusal, wrongCount } from './stock-refusal.ts'
import { tellStock } from './tell-stock.ts'

export interface Adjustment {
  variantId: string
  warehouseId: string
  /** Pieces to add, or negative: to take away. */
  difference: number
  reason: AdjustmentReason
  note: string | null
  serials: readonly string[]
  actorRef: string
  idempotencyKey: string
}

/** Puts the number of pieces on hand right. Pieces that customers hold or have paid cannot be taken away. */
export async function adjustStock(
  tx: Tx,
  adjustment: Adjustment,
  refuse: Refuse<StockRefusal>,
  now: Date,
): Promise<void> {
  const { idempotencyKey: key, ...asked } = adjustment
  const request = { scope: `adjustStock ${asked.actorRef}`, key, fingerprint: fingerprint(asked) }
  await once(tx, request, async () => {
    await adjust(tx, asked, refuse, now)
  })
}

async function adjust(
  tx: Tx,
  asked: Omit<Adjustment, 'idempotencyKey'>,
  refuse: Refuse<StockRefusal>,
  now: Date,
): Promise<void> {
  const { variantId, warehouseId, difference, serials, reason, note, actorRef } = asked
  const [level] = await lockLevels(tx, [{ variantId, warehouseId }])
  if (!level) throw new Error('No stock level')
  if (level.free + difference < 0) refuse(insufficientStock([{ variantId, available: level.free }]))
  const lines = [{ variantId, quantity: Math.abs(difference), serials }]
  if (!areNamed(lines, () => level.isSerialized)) refuse(wrongCount)
  await changeLevels(tx, [{ variantId, warehouseId, onHand: difference, incoming: 0 }])
  const units = numberedIn(lines)
  if (units.length > 0) {
    const why = { reference: reason, at: now }
    const place = { warehouseId, transferId: null }
    const moved =
      difference > 0
        ? await receiveUnits(tx, units, { ...why, warehouseId, provenance: null })
        : await moveUnits(tx, units, {
            ...why,
            from: { ...place, state: 'AVAILABLE' },
            to: { ...place, state: 'WRITTEN_OFF' },
          })
    const misfit = misfits(units, moved)
    if (misfit) refuse(misfit)
  }
  await recordMovements(tx, [{ variantId, warehouseId, quantity: difference }], {
    reason: 'ADJUSTED',
    adjustment: reason,
    reference: null,
    note,
    actorRef,
    at: now,
  })
  await tellStock(tx, [variantId])
}
