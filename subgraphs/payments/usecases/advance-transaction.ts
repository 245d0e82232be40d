import type { Clock } from '#platform/time/clock.ts'
import type { Transaction } from '../data/generated/client.ts'
import { lockTransaction, updateTransaction } from '../data/lock-transaction.ts'
import type { PaymentsDatabase } from '../data/tx.ts'
import { nextLook, nextTry } from '../domain/next-look.ts'
import {
  type CaptureMethod,
  type PaymentProvider,
  ProviderRefused,
  type Providers,
  ProviderUnavailable,
} from '../providers/payment-provider.ts'
import { noteReference } from './note-reference.ts'
import { recordFacts } from './record-facts.ts'
import { recordReport } from './record-report.ts'

export interface PaymentWork {
  database: PaymentsDatabase
  providers: Providers
  clock: Clock
  pollAfterMs: number
  captureMethod: CaptureMethod
}

/** `Refused`: the provider will never begin this attempt; it has failed. */
export type Advance = 'Advanced' | 'Refused' | 'Unavailable'

/**
 * Takes an open online transaction on with its provider: makes the intent, then calls it off if that was asked for, or
 * asks how it stands. Calls stand between transactions, and each may be repeated: a crash anywhere leaves a row that is
 * due, and this goes on with it.
 */
export async function advanceTransaction(work: PaymentWork, id: string): Promise<Advance> {
  const { database, providers, clock } = work
  const transaction = await database.prisma.transaction.findUniqueOrThrow({ where: { id } })
  if (transaction.closedAt) return 'Advanced'
  const provider = providers.get(transaction.provider)
  if (!provider) throw new Error(`Transaction ${id} is of ${transaction.provider}, which is not configured`)
  try {
    if (transaction.pspReference === null || transaction.clientSecret === null) {
      return await begin(work, provider, transaction)
    }
    await lookAt(work, provider, transaction, transaction.pspReference)
    return 'Advanced'
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error
    const attempts = transaction.attempts + 1
    await database.prisma.transaction.updateMany({
      where: { id, closedAt: null },
      data: { attempts, dueAt: nextTry(clock.now(), attempts) },
    })
    return 'Unavailable'
  }
}

/** Makes the intent, or learns which one the stored key has made. */
async function begin(
  work: PaymentWork,
  provider: PaymentProvider,
  transaction: Transaction,
): Promise<Advance> {
  const { database, clock } = work
  const { id, currency, amountMinor, createdAt } = transaction
  try {
    const intent = await provider.createIntent({
      transactionId: id,
      orderId: transaction.orderId,
      orderNumber: transaction.orderNumber,
      currency,
      amountMinor,
      captureMethod: transaction.captureMethod === 'MANUAL' ? 'manual' : 'automatic',
      returnPath: transaction.returnPath ?? '/',
      idempotencyKey: transaction.idempotencyKey,
      begunAt: createdAt,
    })
    await database.transact(async (tx) => {
      const locked = await lockTransaction(tx, id)
      if (!locked || locked.closedAt) return
      await noteReference(tx, locked, intent)
      // What was called off meanwhile is called off at once.
      const dueAt = locked.cancelRequestedAt
        ? clock.now()
        : nextLook(clock.now(), createdAt, work.pollAfterMs)
      await updateTransaction(tx, id, { attempts: 0, dueAt })
    })
    return 'Advanced'
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error
    const refusal = { pspReference: id, currency, amountMinor, at: clock.now() }
    const { code, message } = error
    await database.transact((tx) =>
      recordFacts(
        tx,
        id,
        [
          { ...refusal, type: 'CHARGE_FAILURE', code, message },
          { ...refusal, type: 'CANCEL_SUCCESS', code: null, message: null },
        ],
        clock.now(),
      ),
    )
    return 'Refused'
  }
}

async function lookAt(
  work: PaymentWork,
  provider: PaymentProvider,
  seen: Transaction,
  reference: string,
): Promise<void> {
  const { database, clock } = work
  const report = await (seen.cancelRequestedAt ? provider.cancel(reference) : provider.retrieve(reference))
  await database.transact(async (tx) => {
    const after = await recordReport(tx, seen.id, report, clock.now())
    // A wish to call it off that came during the call has made it due: leave it so.
    if (after.closedAt || (after.cancelRequestedAt && !seen.cancelRequestedAt)) return
    const dueAt = nextLook(clock.now(), seen.createdAt, work.pollAfterMs)
    await updateTransaction(tx, seen.id, { attempts: 0, dueAt })
  })
}
