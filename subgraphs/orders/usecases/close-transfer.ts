import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import type { StockTransfer, StockTransferLine, TransferState } from '../data/generated/client.ts'
import { changeLevels, lockLevels } from '../data/lock-levels.ts'
import { recordMovements } from '../data/stock-ledger.ts'
import { moveUnits } from '../data/stock-units.ts'
import type { Tx } from '../data/tx.ts'
import { numberedIn } from '../domain/stock-lines.ts'
import { misfits, type SerialMismatch, wrongCount } from './stock-refusal.ts'
import { tellStock } from './tell-stock.ts'

export type TransferRefusal =
  | { kind: 'TransferNotFoundError'; message: string }
  | { kind: 'IllegalTransferStateError'; message: string; state: TransferState }
  | { kind: 'InvalidInputError'; message: string; field: string }
  | SerialMismatch

export const transferNotFound = {
  kind: 'TransferNotFoundError',
  message: 'There is no such transfer.',
} as const

export type TransferWithLines = StockTransfer & { lines: StockTransferLine[] }

/** The transfer, its row locked until the commit; null when there is none. Lock it before its levels. */
export async function lockTransfer(tx: Tx, id: string): Promise<TransferWithLines | null> {
  await tx.$queryRaw`SELECT id FROM stock_transfers WHERE id = ${id}::uuid FOR UPDATE`
  return await tx.stockTransfer.findUnique({
    where: { id },
    include: { lines: { orderBy: { variantId: 'asc' } } },
  })
}

/** What came of one line; `serials` names the pieces where not all came. */
export interface CameOf {
  variantId: string
  quantity: number
  serials: readonly string[]
}

/**
 * Ends a transfer that is locked and on its way: what came is on hand in `warehouseId`, where it went or, called off, where it
 * came from. What did not come stays missing in the transfer's own lines; its numbered pieces are written off, and may be
 * received again when they turn up.
 */
export async function closeTransfer(
  tx: Tx,
  transfer: TransferWithLines,
  end: {
    state: 'RECEIVED' | 'CANCELED'
    warehouseId: string
    came: readonly CameOf[]
    actorRef: string
  },
  refuse: Refuse<TransferRefusal>,
  now: Date,
): Promise<void> {
  const { id, toWarehouseId } = transfer
  const { state, warehouseId, came, actorRef } = end
  await lockLevels(
    tx,
    transfer.lines.flatMap(({ variantId }) => [
      { variantId, warehouseId: toWarehouseId },
      { variantId, warehouseId },
    ]),
  )
  const quantityOf = new Map(came.map((line) => [line.variantId, line.quantity]))
  const changes = transfer.lines.flatMap(({ variantId, sent }) => {
    const onHand = quantityOf.get(variantId) ?? 0
    const arrival = { variantId, warehouseId: toWarehouseId, onHand: 0, incoming: -sent }
    return warehouseId === toWarehouseId
      ? [{ ...arrival, onHand }]
      : [arrival, { variantId, warehouseId, onHand, incoming: 0 }]
  })
  await changeLevels(tx, changes)
  await settleUnits(tx, transfer, end, refuse, now)
  await recordMovements(
    tx,
    came.map(({ variantId, quantity }) => ({ variantId, warehouseId, quantity })),
    { reason: 'TRANSFER_IN', reference: id, actorRef, at: now },
  )
  if (state === 'RECEIVED') {
    await tx.$executeRaw`
      UPDATE stock_transfer_lines l SET received = c.quantity
        FROM unnest(${came.map((line) => line.variantId)}::uuid[], ${came.map((line) => line.quantity)}::int[])
             AS c (variant_id, quantity)
       WHERE l.transfer_id = ${id}::uuid AND l.variant_id = c.variant_id`
  }
  const isShort = transfer.lines.some(({ variantId, sent }) => (quantityOf.get(variantId) ?? 0) < sent)
  await tx.stockTransfer.update({
    where: { id },
    data: { state, isShort, closedBy: actorRef, closedAt: now },
  })
  await tellStock(
    tx,
    transfer.lines.map((line) => line.variantId),
  )
}

async function settleUnits(
  tx: Tx,
  { id, fromWarehouseId, lines }: TransferWithLines,
  end: { warehouseId: string; came: readonly CameOf[] },
  refuse: Refuse<TransferRefusal>,
  now: Date,
): Promise<void> {
  const travelling = await tx.stockUnit.findMany({ where: { transferId: id } })
  const sentOf = new Map(lines.map((line) => [line.variantId, line.sent]))
  const arrived = end.came.flatMap((line) => {
    const own = travelling.filter((unit) => unit.variantId === line.variantId)
    const isAll = line.quantity === sentOf.get(line.variantId)
    if (isAll && line.serials.length === 0) return own
    if (line.serials.length !== (own.length === 0 ? 0 : line.quantity)) return refuse(wrongCount)
    return numberedIn([line])
  })
  const from = { state: 'IN_TRANSIT', warehouseId: fromWarehouseId, transferId: id } as const
  const why = { reference: id, at: now }
  const misfit = misfits(
    arrived,
    await moveUnits(tx, arrived, {
      ...why,
      from,
      to: { state: 'AVAILABLE', warehouseId: end.warehouseId, transferId: null },
    }),
  )
  if (misfit) refuse(misfit)
  const here = new Set(arrived.map((unit) => unit.serial))
  const missing = travelling.filter((unit) => !here.has(unit.serial))
  await moveUnits(tx, missing, {
    ...why,
    from,
    to: { state: 'WRITTEN_OFF', warehouseId: fromWarehouseId, transferId: null },
  })
}
