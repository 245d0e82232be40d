import { uuidv7 } from '#platform/ids/uuid.ts'
import type { StoredValueAccount, Transaction } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { dueMinor } from '../domain/money-due.ts'
import { planAttempt } from '../domain/plan-attempt.ts'
import type { PaymentTicket } from '../payment-ticket.ts'
import type { PaymentWork } from './advance-transaction.ts'
import { callOff } from './call-off.ts'
import { inRounds, type MustAdvance } from './in-rounds.ts'
import { bookStoredValue, takeStoredValue } from './move-stored-value.ts'
import { recordFacts } from './record-facts.ts'
import { takePayable } from './take-payable.ts'

export interface StoredValuePayment {
  ticket: PaymentTicket
  /** The gift card or store credit that pays; read before, its balance is not trusted. */
  account: Pick<StoredValueAccount, 'id' | 'currency'>
  /** At most so much; null: what is due. */
  mostMinor: bigint | null
}

type Decided =
  | { kind: 'Paid'; transaction: Transaction; dueMinor: bigint }
  | { kind: 'AlreadyPaid' }
  | { kind: 'OrderEnded' }
  | { kind: 'NothingToSpend' }

export type StoredValueOutcome = Decided | { kind: 'Unavailable' }

/**
 * Pays what is due of an order from an account, at once, once per order and account: a repetition gets the first payment.
 * An attempt from outside that is open asks for too much afterwards, so it is called off first.
 */
export async function payWithStoredValue(
  work: PaymentWork,
  payment: StoredValuePayment,
): Promise<StoredValueOutcome> {
  return await inRounds(work, (tx) => decide(tx, payment, work.clock.now()))
}

async function decide(tx: Tx, payment: StoredValuePayment, now: Date): Promise<Decided | MustAdvance> {
  const { ticket, account, mostMinor } = payment
  const { currency, amountMinor: totalMinor } = ticket
  const { order, transactions, attempts } = await takePayable(tx, ticket)
  const first = transactions.find((one) => one.storedValueId === account.id && one.status === 'CHARGED')
  if (first) return { kind: 'Paid', transaction: first, dueMinor: dueMinor(totalMinor, attempts) }
  const plan = planAttempt({ by: 'STORE_CREDIT', currency, totalMinor }, attempts)
  if (plan.kind === 'AlreadyPaid') return plan
  if (order.endedAt) return { kind: 'OrderEnded' }
  if (account.currency !== currency) return { kind: 'NothingToSpend' }
  if (plan.kind === 'CallOff') {
    const isOnline = transactions.some(({ id, kind }) => id === plan.id && kind === 'ONLINE')
    await callOff(tx, [plan.id], now)
    return isOnline ? { kind: 'Advance', id: plan.id } : await decide(tx, payment, now)
  }
  if (plan.kind !== 'Begin') throw new Error(`A stored value can't ${plan.kind}`)
  const wanted = mostMinor !== null && mostMinor < plan.amountMinor ? mostMinor : plan.amountMinor
  const amountMinor = await takeStoredValue(tx, account.id, wanted)
  if (amountMinor === 0n) return { kind: 'NothingToSpend' }
  const transaction = await charge(tx, { ticket, accountId: account.id, amountMinor }, now)
  return { kind: 'Paid', transaction, dueMinor: plan.amountMinor - amountMinor }
}

async function charge(
  tx: Tx,
  { ticket, accountId, amountMinor }: { ticket: PaymentTicket; accountId: string; amountMinor: bigint },
  now: Date,
): Promise<Transaction> {
  const id = uuidv7()
  const { orderId, orderNumber, customerRef, currency } = ticket
  await bookStoredValue(tx, { accountId, kind: 'SPENT', amountMinor: -amountMinor, reference: id }, now)
  await tx.transaction.create({
    data: {
      id,
      orderId,
      orderNumber,
      customerRef,
      kind: 'STORE_CREDIT',
      provider: 'house',
      idempotencyKey: id,
      pspReference: id,
      storedValueId: accountId,
      currency,
      amountMinor,
      status: 'PENDING',
      createdAt: now,
    },
  })
  const taken = { pspReference: id, currency, amountMinor, code: null, message: null, at: now }
  return await recordFacts(tx, id, [{ ...taken, type: 'CHARGE_SUCCESS' }], now)
}
