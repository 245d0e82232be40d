import { insertRows } from '#platform/database/rows.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { appendEvents } from '../data/append-events.ts'
import type { Prisma, Transaction } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { planAttempt } from '../domain/plan-attempt.ts'
import type { PaymentTicket } from '../payment-ticket.ts'
import type { PaymentProvider } from '../providers/payment-provider.ts'
import type { PaymentWork } from './advance-transaction.ts'
import { callOff } from './call-off.ts'
import { inRounds, type MustAdvance } from './in-rounds.ts'
import { takePayable } from './take-payable.ts'

export interface StartPaymentRequest {
  ticket: PaymentTicket
  returnPath: string
}

/** New payments are taken by this provider. */
export interface OnlinePaymentWork extends PaymentWork {
  provider: PaymentProvider
}

type Decided =
  | { kind: 'Started'; transaction: Transaction & { pspReference: string; clientSecret: string } }
  | { kind: 'AlreadyPaid' }
  | { kind: 'OrderEnded' }

export type StartPaymentOutcome = Decided | { kind: 'Unavailable' }

/** Starts paying what is still due of an order, or goes on with the attempt under way. */
export async function startPayment(
  work: OnlinePaymentWork,
  request: StartPaymentRequest,
): Promise<StartPaymentOutcome> {
  return await inRounds(work, (tx) => decide(tx, work, request))
}

async function decide(
  tx: Tx,
  work: OnlinePaymentWork,
  request: StartPaymentRequest,
): Promise<Decided | MustAdvance> {
  const { currency, amountMinor: totalMinor } = request.ticket
  const { order, transactions, attempts } = await takePayable(tx, request.ticket)
  const plan = planAttempt({ by: 'ONLINE', currency, totalMinor }, attempts)
  if (plan.kind === 'AlreadyPaid') return plan
  if (order.endedAt) return { kind: 'OrderEnded' }
  switch (plan.kind) {
    case 'Continue': {
      const transaction = transactions.find(({ id }) => id === plan.id)
      if (!transaction?.pspReference || !transaction.clientSecret)
        throw new Error(`Attempt ${plan.id} is gone`)
      const { pspReference, clientSecret } = transaction
      return { kind: 'Started', transaction: { ...transaction, pspReference, clientSecret } }
    }
    case 'Create':
      return { kind: 'Advance', id: plan.id }
    case 'CallOff':
      await callOff(tx, [plan.id], work.clock.now())
      return { kind: 'Advance', id: plan.id }
    case 'Begin':
      return { kind: 'Advance', id: await begin(tx, work, { ...request, amountMinor: plan.amountMinor }) }
  }
}

async function begin(
  tx: Tx,
  { clock, provider, captureMethod, pollAfterMs }: OnlinePaymentWork,
  { ticket, returnPath, amountMinor }: StartPaymentRequest & { amountMinor: bigint },
): Promise<string> {
  const now = clock.now()
  const id = uuidv7()
  const { currency } = ticket
  const transaction: Prisma.TransactionUncheckedCreateInput = {
    id,
    orderId: ticket.orderId,
    orderNumber: ticket.orderNumber,
    customerRef: ticket.customerRef,
    kind: 'ONLINE',
    provider: provider.name,
    idempotencyKey: id,
    returnPath,
    currency,
    amountMinor,
    captureMethod: captureMethod === 'manual' ? 'MANUAL' : 'AUTOMATIC',
    status: 'PENDING',
    createdAt: now,
    // If this process dies before the provider has answered, the sweep comes by then.
    dueAt: new Date(now.getTime() + pollAfterMs),
  }
  await insertRows(tx, [{ table: 'transactions', rows: [transaction] }])
  const request = { pspReference: id, currency, amountMinor, code: null, message: null, at: now }
  const type = captureMethod === 'manual' ? 'AUTHORIZATION_REQUEST' : 'CHARGE_REQUEST'
  await appendEvents(tx, id, [{ ...request, type }])
  return id
}
