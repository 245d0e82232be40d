import { uuidv7 } from '#platform/ids/uuid.ts'
import { appendEvents } from '../data/append-events.ts'
import type { Transaction } from '../data/generated/client.ts'
import { lockPayableOrder, notePayableOrder } from '../data/payable-orders.ts'
import type { Tx } from '../data/tx.ts'
import { planAttempt } from '../domain/plan-attempt.ts'
import type { PaymentProvider } from '../providers/payment-provider.ts'
import type { PaymentTicket } from '../payment-ticket.ts'
import { advanceTransaction, type PaymentWork } from './advance-transaction.ts'
import { askToCallOff } from './end-order.ts'

export interface StartPaymentRequest {
  ticket: PaymentTicket
  returnPath: string
}

export type StartPaymentOutcome =
  | { kind: 'Started'; transaction: Transaction & { pspReference: string; clientSecret: string } }
  | { kind: 'AlreadyPaid' }
  | { kind: 'OrderEnded' }
  /** The provider does not answer, or is just taking money by an attempt that would have to be called off. */
  | { kind: 'Unavailable' }

/** Calling off and beginning take two rounds each at most; others who pay the same order may come between. */
const mostRounds = 6

/**
 * Starts paying an order, or goes on with the attempt under way. Each round decides and writes in one transaction and
 * then calls the provider outside it; a crash in between leaves an attempt that the sweep finishes.
 */
export async function startPayment(
  work: PaymentWork & { provider: PaymentProvider },
  request: StartPaymentRequest,
): Promise<StartPaymentOutcome> {
  for (let round = 1; round <= mostRounds; round++) {
    const decided = await work.database.transact((tx) => decide(tx, work, request))
    if (decided.kind !== 'Advance') return decided
    // Another attempt at what the provider refuses to begin would be refused too.
    if ((await advanceTransaction(work, decided.id)) !== 'Advanced') return { kind: 'Unavailable' }
  }
  return { kind: 'Unavailable' }
}

async function decide(
  tx: Tx,
  work: PaymentWork & { provider: PaymentProvider },
  { ticket, returnPath }: StartPaymentRequest,
): Promise<StartPaymentOutcome | { kind: 'Advance'; id: string }> {
  const { orderId, orderNumber, customerRef, currency, amountMinor, expiresAt } = ticket
  const asked = { orderId, number: orderNumber, customerRef, currency, totalMinor: amountMinor, expiresAt }
  // Orders may not have told of it yet: the ticket says what is needed.
  await notePayableOrder(tx, { ...asked, marketId: null })
  const order = await lockPayableOrder(tx, orderId)
  const attempts = await tx.transaction.findMany({
    where: { orderId, kind: 'ONLINE' },
    orderBy: { id: 'desc' },
  })
  const plan = planAttempt(
    { currency, amountMinor },
    attempts.map((attempt) => ({
      ...attempt,
      hasReference: attempt.pspReference !== null && attempt.clientSecret !== null,
      isCancelRequested: attempt.cancelRequestedAt !== null,
      isClosed: attempt.closedAt !== null,
    })),
  )
  if (plan.kind === 'AlreadyPaid') return plan
  if (order.endedAt) return { kind: 'OrderEnded' }
  switch (plan.kind) {
    case 'Continue': {
      const transaction = attempts.find(({ id }) => id === plan.id)
      if (!transaction?.pspReference || !transaction.clientSecret)
        throw new Error(`Attempt ${plan.id} is gone`)
      const { pspReference, clientSecret } = transaction
      return { kind: 'Started', transaction: { ...transaction, pspReference, clientSecret } }
    }
    case 'Create':
      return { kind: 'Advance', id: plan.id }
    case 'CallOff':
      await askToCallOff(tx, [plan.id], work.clock.now())
      return { kind: 'Advance', id: plan.id }
    case 'Begin':
      return { kind: 'Advance', id: await begin(tx, work, { ticket, returnPath }) }
  }
}

async function begin(
  tx: Tx,
  { clock, provider, pollAfterMs, captureMethod }: PaymentWork & { provider: PaymentProvider },
  { ticket, returnPath }: StartPaymentRequest,
): Promise<string> {
  const now = clock.now()
  const id = uuidv7()
  const { currency, amountMinor } = ticket
  await tx.transaction.create({
    data: {
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
    },
  })
  const request = { pspReference: id, currency, amountMinor, code: null, message: null, at: now }
  await appendEvents(tx, id, [{ ...request, type: 'CHARGE_REQUEST' }])
  return id
}
