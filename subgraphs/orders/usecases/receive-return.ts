import { returnReceived } from '#contracts/orders.ts'
import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { emit } from '#platform/outbox/emit.ts'
import { countLines, type LineCount } from '../data/count-lines.ts'
import type { OrderWithLines } from '../data/lock-order.ts'
import { lockReturn, type ReturnWithLines } from '../data/lock-return.ts'
import { noteEvents } from '../data/note-event.ts'
import type { Tx } from '../data/tx.ts'
import { takeStep } from '../domain/order-state.ts'
import { paidForLine, refundShare } from '../domain/refund-share.ts'
import { decideReturnStep } from '../domain/return-state.ts'
import { askRefund } from './ask-refund.ts'
import { paidFor } from './fold-payments.ts'
import { returnNotFound, type ReturnRefusal } from './return-refusal.ts'
import { takeGoodsBack } from './take-goods-back.ts'
import { toReturnPayload } from './tell-return.ts'

export interface ReceiveReturnRequest {
  returnId: string
  isRestocked: boolean
  /** Where the pieces are now; null: where they came from. */
  warehouseCode: string | null
  /** Of numbered pieces, where only some of a line came back. */
  serials: string[]
}

/** The pieces are here: back on sale if they can be, and their share of what was paid goes back. */
export async function receiveReturn(
  tx: Tx,
  request: ReceiveReturnRequest,
  refuse: Refuse<ReturnRefusal>,
  now: Date,
): Promise<void> {
  const locked = await lockReturn(tx, request.returnId)
  if (!locked) return refuse(returnNotFound)
  const { order, found } = locked
  const step = decideReturnStep(found.status, 'receive')
  if (step.kind === 'Repeat') return
  if (step.kind === 'Illegal') {
    return refuse({
      kind: 'IllegalReturnStateError',
      message: 'Allow the return before its pieces are taken in.',
      status: found.status,
    })
  }
  const counts = await countLines(tx, [order.id])
  const shares = await writeShares(tx, order, found, counts)
  const refundMinor = await atMostWhatIsLeft(tx, order, shares)
  await tx.return.update({
    where: { id: found.id },
    data: {
      // Nothing was paid for these pieces, so nothing has to follow.
      ...(refundMinor === 0n ? { status: 'REFUNDED', refundedAt: now } : { status: step.to }),
      isRestocked: request.isRestocked,
      refundMinor,
      receivedAt: now,
    },
  })
  await moveOrder(tx, order, { found, counts, now })
  await emit(tx, returnReceived, {
    aggregateId: found.id,
    market: order.marketId,
    payload: {
      ...toReturnPayload(order, found),
      isRestocked: request.isRestocked,
      refundMinor: refundMinor.toString(),
    },
  })
  if (refundMinor > 0n) {
    const reason = 'Pieces came back.'
    await askRefund(tx, order, { amountMinor: refundMinor, reason, returnId: found.id, now })
  }
  await takeGoodsBack(tx, { ...request, order, found }, refuse, now)
}

async function writeShares(
  tx: Tx,
  order: OrderWithLines,
  found: ReturnWithLines,
  counts: readonly LineCount[],
): Promise<bigint> {
  const receivedOf = new Map(counts.map((count) => [count.lineId, count.received]))
  let sum = 0n
  for (const { lineId, quantity } of found.lines) {
    const line = order.lines.find((candidate) => candidate.id === lineId)
    if (!line) throw new Error(`Return ${found.id} has a line that is not of its order`)
    const refundMinor = refundShare({
      paidMinor: paidForLine(line, order.taxIncluded),
      quantity: line.quantity,
      before: receivedOf.get(lineId) ?? 0,
      pieces: quantity,
    })
    await tx.returnLine.update({
      where: { returnId_lineId: { returnId: found.id, lineId } },
      data: { refundMinor },
    })
    sum += refundMinor
  }
  return sum
}

/** Support may have given some of it back by hand already: never ask for more than the house still has. */
async function atMostWhatIsLeft(tx: Tx, order: OrderWithLines, wanted: bigint): Promise<bigint> {
  const charges = await tx.orderCharge.findMany({ where: { orderId: order.id, rejectedAt: null } })
  const { _sum } = await tx.refundRequest.aggregate({
    where: { orderId: order.id, settledAt: null },
    _sum: { amountMinor: true },
  })
  const left = paidFor(order, charges) - (_sum.amountMinor ?? 0n)
  const atMost = left > 0n ? left : 0n
  return wanted < atMost ? wanted : atMost
}

async function moveOrder(
  tx: Tx,
  order: OrderWithLines,
  { found, counts, now }: { found: ReturnWithLines; counts: readonly LineCount[]; now: Date },
): Promise<void> {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  const back = sum(counts.map((count) => count.received)) + sum(found.lines.map((line) => line.quantity))
  const isAll = back === sum(order.lines.map((line) => line.quantity))
  const status = takeStep(order.status, isAll ? 'take-back-all' : 'take-back-some')
  if (status === null) throw new Error(`Goods of order ${order.number} came back, which is ${order.status}`)
  await tx.order.update({ where: { id: order.id }, data: { status } })
  const [type, message] = isAll
    ? (['order.returned', 'All pieces are back.'] as const)
    : (['order.partially-returned', 'Some pieces are back.'] as const)
  const note = { orderId: order.id, at: now, actor: 'staff' } as const
  await noteEvents(tx, [
    { ...note, type: 'return.received', message: 'The pieces of a return came.' },
    { ...note, type, message },
  ])
}
