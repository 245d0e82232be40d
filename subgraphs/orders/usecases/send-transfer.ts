import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import { changeLevels, type LockedLevel, lockLevels } from '../data/lock-levels.ts'
import { recordMovements } from '../data/stock-ledger.ts'
import { chooseUnits, moveUnits, type Numbered } from '../data/stock-units.ts'
import type { Tx } from '../data/tx.ts'
import { mergeStockLines, numberedIn, type StockLine } from '../domain/stock-lines.ts'
import { insufficientStock, misfits, type StockRefusal, wrongCount } from './stock-refusal.ts'
import { tellStock } from './tell-stock.ts'

export interface TransferRequest {
  fromWarehouseId: string
  toWarehouseId: string
  lines: readonly StockLine[]
  note: string | null
  actorRef: string
  idempotencyKey: string
}

/** Sends pieces to another warehouse: gone here, on their way there. */
export async function sendTransfer(
  tx: Tx,
  transfer: TransferRequest,
  refuse: Refuse<StockRefusal>,
  now: Date,
): Promise<{ transferId: string }> {
  const { idempotencyKey: key, ...asked } = transfer
  const request = { scope: `sendTransfer ${asked.actorRef}`, key, fingerprint: fingerprint(asked) }
  const { result } = await once(tx, request, async () => ({
    transferId: await send(tx, asked, refuse, now),
  }))
  return result
}

async function send(
  tx: Tx,
  asked: Omit<TransferRequest, 'idempotencyKey'>,
  refuse: Refuse<StockRefusal>,
  now: Date,
): Promise<string> {
  const { fromWarehouseId, toWarehouseId, note, actorRef } = asked
  const lines = mergeStockLines(asked.lines)
  const levels = await lockLevels(
    tx,
    lines.flatMap(({ variantId }) => [
      { variantId, warehouseId: fromWarehouseId },
      { variantId, warehouseId: toWarehouseId },
    ]),
  )
  const here = new Map(
    levels.filter((level) => level.warehouseId === fromWarehouseId).map((level) => [level.variantId, level]),
  )
  const short = lines.flatMap(({ variantId, quantity }) => {
    const available = here.get(variantId)?.free ?? 0
    return available < quantity ? [{ variantId, available }] : []
  })
  if (short.length > 0) refuse(insufficientStock(short))
  const transferId = uuidv7()
  await tx.stockTransfer.create({
    data: {
      id: transferId,
      fromWarehouseId,
      toWarehouseId,
      state: 'SENT',
      note,
      sentBy: actorRef,
      sentAt: now,
      lines: {
        createMany: { data: lines.map(({ variantId, quantity }) => ({ variantId, sent: quantity })) },
      },
    },
  })
  await changeLevels(
    tx,
    lines.flatMap(({ variantId, quantity }) => [
      { variantId, warehouseId: fromWarehouseId, onHand: -quantity, incoming: 0 },
      { variantId, warehouseId: toWarehouseId, onHand: 0, incoming: quantity },
    ]),
  )
  const units = await unitsOf(tx, lines, here, refuse)
  const misfit = misfits(
    units,
    await moveUnits(tx, units, {
      from: { state: 'AVAILABLE', warehouseId: fromWarehouseId, transferId: null },
      to: { state: 'IN_TRANSIT', warehouseId: fromWarehouseId, transferId },
      reference: transferId,
      at: now,
    }),
  )
  if (misfit) refuse(misfit)
  await recordMovements(
    tx,
    lines.map(({ variantId, quantity }) => ({
      variantId,
      warehouseId: fromWarehouseId,
      quantity: -quantity,
    })),
    { reason: 'TRANSFER_OUT', reference: transferId, note, actorRef, at: now },
  )
  await tellStock(
    tx,
    lines.map((line) => line.variantId),
  )
  return transferId
}

/** The numbered pieces that go: those that are named, or the first to hand. */
async function unitsOf(
  tx: Tx,
  lines: readonly StockLine[],
  here: ReadonlyMap<string, LockedLevel>,
  refuse: Refuse<StockRefusal>,
): Promise<Numbered[]> {
  const isNumbered = ({ variantId }: StockLine): boolean => here.get(variantId)?.isSerialized ?? false
  const fits = (line: StockLine): boolean =>
    line.serials.length === 0 || (isNumbered(line) && line.serials.length === line.quantity)
  if (!lines.every(fits)) refuse(wrongCount)
  const unnamed = lines.filter((line) => isNumbered(line) && line.serials.length === 0)
  const chosen = await chooseUnits(
    tx,
    unnamed.map((line) => ({ ...line, warehouseId: here.get(line.variantId)?.warehouseId ?? '' })),
  )
  return [...numberedIn(lines), ...chosen]
}
