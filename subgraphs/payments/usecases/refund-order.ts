import { NotYet } from '#platform/events/not-yet.ts'
import { lockTransaction } from '../data/lock-transaction.ts'
import { lockPayableOrder } from '../data/payable-orders.ts'
import type { Tx } from '../data/tx.ts'
import type { Transaction } from '../data/generated/client.ts'
import { allotRefund } from '../domain/allot-refund.ts'
import { callOff } from './call-off.ts'
import { insertCase } from './payment-cases.ts'
import { refundableMinor, requestRefund } from './request-refund.ts'

export interface RefundWish {
  id: string
  orderId: string
  number: string
  currency: string
  amountMinor: bigint
  reason: string
}

/** The house owes money of an order: gives it back over what the order was paid with, once per wish. */
export async function refundOrder(tx: Tx, wish: RefundWish, now: Date): Promise<void> {
  const { id, orderId, number, currency, amountMinor, reason } = wish
  // A sale's tenders are booked by an event of their own, which this one may have overtaken.
  if (!(await tx.payableOrder.findUnique({ where: { orderId } })))
    throw new NotYet(`Order ${number} is not known yet`)
  await lockPayableOrder(tx, orderId)
  const isNew = await tx.$executeRaw`
    INSERT INTO refund_requests (id, order_id, currency, amount_minor, reason, created_at)
    VALUES (${id}::uuid, ${orderId}::uuid, ${currency}, ${amountMinor}, ${reason}, ${now})
    ON CONFLICT (id) DO NOTHING`
  if (isNew === 0) return
  const payments = await takePayments(tx, wish)
  const allotment = allotRefund(amountMinor, payments)
  for (const give of allotment.gives) {
    const payment = payments.find((one) => one.id === give.id)
    if (payment) await requestRefund(tx, payment.transaction, { ...give, reason, requestId: id }, now)
  }
  await callOff(tx, allotment.releases, now)
  if (allotment.restMinor === 0n) return
  const detail = `${amountMinor} minor units of ${currency} of order ${number} are to be given back; ${allotment.restMinor} of them were never taken or are back already.`
  const [newest] = payments
  const transactionId = newest?.id ?? null
  await insertCase(tx, { kind: 'AMOUNT_MISMATCH', transactionId, orderId, detail, now })
}

interface TakenPayment {
  id: string
  createdAt: Date
  refundableMinor: bigint
  authorizedMinor: bigint
  transaction: Transaction
}

/** What paid the order, newest first, with each row held. */
async function takePayments(tx: Tx, { orderId, currency }: RefundWish): Promise<TakenPayment[]> {
  const rows = await tx.transaction.findMany({
    where: { orderId, currency },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  const taken: TakenPayment[] = []
  for (const { id } of rows) {
    const transaction = await lockTransaction(tx, id)
    if (!transaction) continue
    const { createdAt, authorizedMinor } = transaction
    taken.push({
      id,
      createdAt,
      authorizedMinor,
      transaction,
      refundableMinor: await refundableMinor(tx, transaction),
    })
  }
  return taken.reverse()
}
