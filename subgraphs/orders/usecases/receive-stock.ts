import { badInput, notFound } from '#platform/errors/errors.ts'
import { recordMovements } from '../data/stock-ledger.ts'
import type { Tx } from '../data/tx.ts'
import { mergeLines } from '../domain/merge-lines.ts'
import { tellStock } from './tell-stock.ts'

/**
 * Pieces arrive in a warehouse, named by its code. `reference` names the delivery note. Told per
 * variant, so a long delivery is better received in parts of about a hundred lines.
 */
export async function receiveStock(
  tx: Tx,
  delivery: {
    warehouseCode: string
    lines: readonly { variantId: string; quantity: number }[]
    reference: string | null
  },
  now: Date,
): Promise<void> {
  const warehouse = await tx.warehouse.findUnique({ where: { code: delivery.warehouseCode } })
  if (!warehouse) throw notFound(`There is no warehouse ${delivery.warehouseCode}.`)
  const lines = mergeLines(delivery.lines).sort((a, b) => (a.variantId < b.variantId ? -1 : 1))
  if (!lines.every((line) => Number.isInteger(line.quantity) && line.quantity > 0)) {
    throw badInput('Every line needs at least one piece.')
  }
  await tx.$executeRaw`
    INSERT INTO stock_levels AS l (variant_id, warehouse_id, on_hand)
    SELECT variant_id, ${warehouse.id}::uuid, quantity
      FROM unnest(${lines.map((line) => line.variantId)}::uuid[], ${lines.map((line) => line.quantity)}::int[])
           AS came (variant_id, quantity)
    ON CONFLICT (variant_id, warehouse_id) DO UPDATE SET on_hand = l.on_hand + excluded.on_hand`
  await recordMovements(
    tx,
    lines.map((line) => ({ ...line, warehouseId: warehouse.id })),
    { reason: 'RECEIVED', reference: delivery.reference, at: now },
  )
  await tellStock(
    tx,
    lines.map((line) => line.variantId),
  )
}
