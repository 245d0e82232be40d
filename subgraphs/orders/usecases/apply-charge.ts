import { orderReinstated } from '#contracts/orders.ts'
import { ContractViolation } from '#platform/events/contract-violation.ts'
import type { OrderCharge } from '../data/generated/client.ts'
import { reserveFor } from '../data/insert-order.ts'
import { lockOrder, type OrderWithLines } from '../data/lock-order.ts'
import { noteEvents } from '../data/note-event.ts'
import { placeOf } from '../data/place-of.ts'
import { type ChargeSums, findCharges, recordCharge } from '../data/record-charge.ts'
import { takeGoods } from '../data/take-goods.ts'
import type { Tx } from '../data/tx.ts'
import { type ChargeDecision, decideCharge } from '../domain/order-state.ts'
import { confirmOrder } from './confirm-order.ts'
import { coveredFor, foldPayments } from './fold-payments.ts'
import { mergeLines } from '../domain/merge-lines.ts'
import { openDeliveries } from './open-deliveries.ts'
import { retakeVouchers } from './redeem-vouchers.ts'
import { rejectCharges } from './reject-charges.ts'
import { tellOrder } from './tell-order.ts'
import { tellStock } from './tell-stock.ts'

interface Options {
  now: Date
  courierRef: string | null
}

/** Money was taken or authorised for an order: it is confirmed, reinstated, or the money has to go back. */
export async function applyCharge(tx: Tx, sums: ChargeSums, options: Options): Promise<void> {
  const order = await lockOrder(tx, sums.orderId)
  if (!order) throw new ContractViolation(`Money was taken for order ${sums.orderId}, which does not exist`)
  const before = await findCharges(tx, order.id)
  const charges = await recordCharge(tx, sums)
  await foldPayments(tx, order, charges)
  if (charges.some((charge) => charge.transactionId === sums.transactionId && charge.rejectedAt)) return
  const decision: ChargeDecision =
    sums.currency === order.currency
      ? decideCharge({
          status: order.status,
          isOfTill: order.channel === 'POS',
          totalMinor: order.totalMinor,
          coveredBeforeMinor: coveredFor(order, before.filter(isWanted)),
          coveredNowMinor: coveredFor(order, charges.filter(isWanted)),
        })
      : { kind: 'Reject', reason: `The order is in ${order.currency}, the money in ${sums.currency}.` }
  switch (decision.kind) {
    case 'Confirm': {
      const because =
        sums.chargedMinor > 0n
          ? 'Paid in full.'
          : 'The bank allows the money; it is taken when the goods leave.'
      await confirmOrder(tx, order, { ...options, because })
      break
    }
    case 'Reinstate':
      await reinstate(tx, order, sums.transactionId, options)
      break
    case 'Reject':
      await rejectCharges(tx, [order], {
        reason: decision.reason,
        now: options.now,
        transactionId: sums.transactionId,
      })
      break
    case 'Keep':
      break
  }
}

const isWanted = (charge: OrderCharge): boolean => charge.rejectedAt === null

async function reinstate(
  tx: Tx,
  order: OrderWithLines,
  transactionId: string,
  options: Options,
): Promise<void> {
  const goods = await takeGoods(tx, mergeLines(order.lines), await placeOf(tx, order), 'committed')
  if (goods.kind === 'Short') {
    await rejectCharges(tx, [order], {
      reason: 'The order had expired and its goods were sold meanwhile.',
      now: options.now,
      transactionId,
    })
    return
  }
  await reserveFor(tx, order, {
    allotments: goods.allotments,
    state: 'COMMITTED',
    at: options.now,
  })
  const missing = await retakeVouchers(tx, order)
  await tx.order.update({ where: { id: order.id }, data: { status: 'UNFULFILLED' } })
  const message =
    missing === 0
      ? 'Paid after its hold had ended; the goods were still there.'
      : 'Paid after its hold had ended; the goods were still there, its voucher was used up. It keeps its price.'
  await noteEvents(tx, [
    { orderId: order.id, at: options.now, type: 'order.reinstated', message, actor: 'system' },
  ])
  await tellOrder(tx, orderReinstated, order)
  await openDeliveries(tx, order, options)
  await tellStock(
    tx,
    order.lines.map((line) => line.variantId),
  )
}
