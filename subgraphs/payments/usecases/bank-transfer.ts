import { paymentStarted } from '#contracts/payments.ts'
import { type Refuse } from '#platform/database/transact-or-refuse.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import { appendEvents } from '../data/append-events.ts'
import type { Transaction } from '../data/generated/client.ts'
import { lockTransaction } from '../data/lock-transaction.ts'
import type { Tx } from '../data/tx.ts'
import { planAttempt } from '../domain/plan-attempt.ts'
import type { PaymentTicket } from '../payment-ticket.ts'
import type { PaymentWork } from './advance-transaction.ts'
import { callOff } from './call-off.ts'
import { inRounds, type MustAdvance } from './in-rounds.ts'
import { recordFacts } from './record-facts.ts'
import { takePayable } from './take-payable.ts'
import { tellTransaction } from './tell-transaction.ts'

type Decided =
  | { kind: 'Started'; transaction: Transaction; days: number }
  | { kind: 'AlreadyPaid' }
  | { kind: 'OrderEnded' }
  | { kind: 'NotOffered' }

export type StartBankTransferOutcome = Decided | { kind: 'Unavailable' }

/**
 * Awaits a transfer of what is due, where the order's market takes them. Orders hears `payment.started` and holds the goods
 * for the days that a transfer takes.
 */
export async function startBankTransfer(
  work: PaymentWork,
  ticket: PaymentTicket,
): Promise<StartBankTransferOutcome> {
  return await inRounds(work, (tx) => decide(tx, ticket, work.clock.now()))
}

async function decide(tx: Tx, ticket: PaymentTicket, now: Date): Promise<Decided | MustAdvance> {
  const { currency, amountMinor: totalMinor } = ticket
  const { order, transactions, attempts } = await takePayable(tx, ticket)
  const plan = planAttempt({ by: 'BANK_TRANSFER', currency, totalMinor }, attempts)
  if (plan.kind === 'AlreadyPaid') return plan
  if (order.endedAt) return { kind: 'OrderEnded' }
  const market =
    order.marketId === null
      ? null
      : await tx.paymentMarket.findUnique({ where: { marketId: order.marketId } })
  if (market?.bankTransferDays == null) return { kind: 'NotOffered' }
  const days = market.bankTransferDays
  switch (plan.kind) {
    case 'Create':
    case 'Continue': {
      const transaction = transactions.find(({ id }) => id === plan.id)
      if (!transaction) throw new Error(`Transfer ${plan.id} is gone`)
      return { kind: 'Started', transaction, days }
    }
    case 'CallOff': {
      const isOnline = transactions.some(({ id, kind }) => id === plan.id && kind === 'ONLINE')
      await callOff(tx, [plan.id], now)
      return isOnline ? { kind: 'Advance', id: plan.id } : await decide(tx, ticket, now)
    }
    case 'Begin': {
      const transaction = await begin(tx, { ...ticket, amountMinor: plan.amountMinor }, now)
      return { kind: 'Started', transaction, days }
    }
  }
}

async function begin(tx: Tx, ticket: PaymentTicket, now: Date): Promise<Transaction> {
  const id = uuidv7()
  const { orderId, orderNumber, customerRef, currency, amountMinor } = ticket
  const transaction = await tx.transaction.create({
    data: {
      id,
      orderId,
      orderNumber,
      customerRef,
      kind: 'BANK_TRANSFER',
      provider: 'bank',
      idempotencyKey: id,
      currency,
      amountMinor,
      status: 'PENDING',
      createdAt: now,
    },
  })
  const request = { pspReference: id, currency, amountMinor, code: null, message: null, at: now }
  await appendEvents(tx, id, [{ ...request, type: 'CHARGE_REQUEST' }])
  await tellTransaction(tx, paymentStarted, transaction, {})
  return transaction
}

export interface ArrivedTransfer {
  transactionId: string
  amountMinor: bigint
  /** The bank's own: the same booking is booked here once, whoever says so. */
  bankReference: string
  actorRef: string
  idempotencyKey: string
}

/**
 * A transfer is on the account. It counts whatever became of the order meanwhile: orders then reinstates it or gives the
 * money back. Another sum than awaited opens a case.
 */
export async function confirmBankTransfer(
  tx: Tx,
  refuse: Refuse<{ kind: 'NoTransfer' }>,
  { arrived, now }: { arrived: ArrivedTransfer; now: Date },
): Promise<{ kind: 'Confirmed'; transactionId: string }> {
  const { actorRef, idempotencyKey, ...said } = arrived
  const request = {
    scope: `confirmBankTransfer ${actorRef}`,
    key: idempotencyKey,
    fingerprint: fingerprint(said),
  }
  const { transactionId, amountMinor, bankReference } = said
  await once(tx, request, async () => {
    const transaction = await lockTransaction(tx, transactionId)
    if (transaction?.kind !== 'BANK_TRANSFER') return refuse({ kind: 'NoTransfer' })
    const { currency } = transaction
    const arrival = { pspReference: bankReference, currency, amountMinor, code: null, message: null, at: now }
    await recordFacts(tx, transactionId, [{ ...arrival, type: 'CHARGE_SUCCESS' }], now)
    return null
  })
  return { kind: 'Confirmed', transactionId }
}
