import type { PayableOrder, Transaction } from '../data/generated/client.ts'
import { findTransactionsOf } from '../data/lock-transaction.ts'
import { notePayableOrder } from '../data/payable-orders.ts'
import type { Tx } from '../data/tx.ts'
import type { Attempt } from '../domain/plan-attempt.ts'
import type { PaymentTicket } from '../payment-ticket.ts'

export interface Payable {
  order: PayableOrder
  transactions: Transaction[]
  attempts: Attempt[]
}

/** Takes the order of a ticket: whoever else wants to pay it or to end it waits. */
export async function takePayable(tx: Tx, ticket: PaymentTicket): Promise<Payable> {
  const { orderId, orderNumber, customerRef, currency, amountMinor, expiresAt } = ticket
  const asked = { orderId, number: orderNumber, customerRef, currency, totalMinor: amountMinor, expiresAt }
  // Orders may not have told of it yet: the ticket says what is needed.
  const order = await notePayableOrder(tx, { ...asked, marketId: null })
  const transactions = await findTransactionsOf(tx, orderId)
  const attempts = transactions.map((transaction) => ({
    ...transaction,
    hasReference:
      transaction.kind !== 'ONLINE' ||
      (transaction.pspReference !== null && transaction.clientSecret !== null),
    isCancelRequested: transaction.cancelRequestedAt !== null,
    isClosed: transaction.closedAt !== null,
  }))
  return { order, transactions, attempts }
}
