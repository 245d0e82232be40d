import type { Refund, Transaction } from '../data/generated/client.ts'
import { lockTransaction } from '../data/lock-transaction.ts'
import { nextTry } from '../domain/next-look.ts'
import { ProviderRefused, ProviderUnavailable } from '../providers/payment-provider.ts'
import type { PaymentWork } from './advance-transaction.ts'
import { recordFacts } from './record-facts.ts'
import { requestRefund } from './request-refund.ts'

/** A refund that the provider has begun is asked about again after this long, should its webhook be lost. */
const askAgainMs = 60 * 60_000

/** Takes a refund on: calls the provider with the refund's id as its key, or, after a failure, begins another. */
export async function advanceRefund(work: PaymentWork, id: string): Promise<void> {
  const refund = await work.database.prisma.refund.findUniqueOrThrow({
    where: { id },
    include: { transaction: true },
  })
  if (refund.state === 'FAILED') await beginAnother(work, refund)
  if (refund.state === 'PENDING') await call(work, refund, refund.transaction)
}

async function beginAnother({ database, clock }: PaymentWork, refund: Refund): Promise<void> {
  const { id, transactionId, amountMinor, reason, tries } = refund
  await database.transact(async (tx) => {
    const transaction = await lockTransaction(tx, transactionId)
    const done = await tx.refund.updateMany({ where: { id, dueAt: { not: null } }, data: { dueAt: null } })
    if (!transaction || done.count === 0) return
    const again = { amountMinor, reason, tries: tries + 1, hasCase: true }
    await requestRefund(
      tx,
      transaction,
      { ...again, ...(refund.requestId !== null && { requestId: refund.requestId }) },
      clock.now(),
    )
  })
}

async function call(work: PaymentWork, refund: Refund, transaction: Transaction): Promise<void> {
  const { database, clock } = work
  const { id, amountMinor, transactionId } = refund
  const { currency, pspReference } = transaction
  const provider = work.providers.get(transaction.provider)
  if (!provider || pspReference === null) throw new Error(`Transaction ${transactionId} can't be given back`)
  try {
    const answer = await provider.refund({
      reference: pspReference,
      amountMinor,
      currency,
      idempotencyKey: id,
      begunAt: refund.createdAt,
    })
    await database.transact(async (tx) => {
      await lockTransaction(tx, transactionId)
      const dueAt = new Date(clock.now().getTime() + askAgainMs)
      await tx.refund.updateMany({
        where: { id, state: 'PENDING' },
        data: { pspReference: answer.refundReference, attempts: 0, dueAt },
      })
      await recordFacts(tx, transactionId, answer.facts, clock.now())
    })
  } catch (error) {
    if (error instanceof ProviderUnavailable) {
      const attempts = refund.attempts + 1
      await database.prisma.refund.updateMany({
        where: { id, state: 'PENDING' },
        data: { attempts, dueAt: nextTry(clock.now(), attempts) },
      })
    } else if (error instanceof ProviderRefused) {
      const { code, message } = error
      await database.transact(async (tx) => {
        await lockTransaction(tx, transactionId)
        await tx.refund.updateMany({ where: { id }, data: { pspReference: id } })
        const refusal = { pspReference: id, currency, amountMinor, code, message, at: clock.now() }
        await recordFacts(tx, transactionId, [{ ...refusal, type: 'REFUND_FAILURE' }], clock.now())
      })
    } else throw error
  }
}
