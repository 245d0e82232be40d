import { paymentCharged } from '#contracts/payments.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { appendEvents } from '../data/append-events.ts'
import type { Transaction } from '../data/generated/client.ts'
import type { KnownOrder } from '../data/payable-orders.ts'
import type { Tx } from '../data/tx.ts'
import { takeOpenCashSession } from './cash-sessions.ts'
import { confirmOrder } from './learn-order.ts'
import { learnRegister } from './learn-register.ts'
import { openCase } from './payment-cases.ts'
import { tellTransaction } from './tell-transaction.ts'

export interface TillSale {
  order: KnownOrder
  registerId: string
  shopId: string | null
  clerkRef: string
  soldAt: Date
  tenders: readonly { kind: 'CASH' | 'TERMINAL'; amountMinor: bigint }[]
}

/** Books what a till took: each tender is a transaction, charged at once, and cash lies in the till's drawer. */
export async function recordTenders(tx: Tx, sale: TillSale, now: Date): Promise<void> {
  const { order, soldAt } = sale
  // A sale is handed over as it is paid.
  await confirmOrder(tx, order, soldAt)
  if (sale.shopId !== null) await learnRegister(tx, sale.registerId, sale.shopId)
  for (const [index, tender] of sale.tenders.entries()) {
    // A sale of nothing but a gift has a tender of nothing: there is no money to book.
    if (tender.amountMinor <= 0n) continue
    const id = uuidv7()
    const pspReference = `${order.orderId}:${index}`
    const transaction = await tx.transaction.create({
      data: {
        id,
        orderId: order.orderId,
        orderNumber: order.number,
        customerRef: order.customerRef,
        kind: tender.kind,
        provider: 'till',
        idempotencyKey: pspReference,
        pspReference,
        currency: order.currency,
        amountMinor: tender.amountMinor,
        chargedMinor: tender.amountMinor,
        status: 'CHARGED',
        closedAt: soldAt,
        createdAt: soldAt,
      },
    })
    const { currency, amountMinor } = transaction
    const taken = { pspReference, currency, amountMinor, code: null, message: null, at: soldAt }
    await appendEvents(tx, id, [{ ...taken, type: 'CHARGE_SUCCESS' }])
    if (tender.kind === 'CASH') await putIntoDrawer(tx, sale, transaction, now)
    await tellTransaction(tx, paymentCharged, transaction, {})
  }
}

async function putIntoDrawer(tx: Tx, sale: TillSale, transaction: Transaction, now: Date): Promise<void> {
  const { id: transactionId, currency, amountMinor } = transaction
  const { registerId, clerkRef } = sale
  const session = await takeOpenCashSession(tx, { registerId, clerkRef, currency, floatMinor: 0n }, now)
  if (session.currency !== currency) {
    const detail = `The till's drawer is in ${session.currency}; ${amountMinor} minor units of ${currency} were taken.`
    await openCase(tx, { kind: 'AMOUNT_MISMATCH', transactionId, detail, now })
    return
  }
  await tx.cashMovement.create({
    data: {
      id: uuidv7(),
      sessionId: session.id,
      kind: 'SALE',
      transactionId,
      amountMinor,
      clerkRef,
      at: sale.soldAt,
    },
  })
}
