import { uuidv7 } from '#platform/ids/uuid.ts'
import { lockTransaction } from '../data/lock-transaction.ts'
import { lockPayableOrder } from '../data/payable-orders.ts'
import type { Capture, Transaction } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { ProviderRefused, ProviderUnavailable } from '../providers/payment-provider.ts'
import { nextTry } from '../domain/next-look.ts'
import type { PaymentWork } from './advance-transaction.ts'
import { openCase } from './payment-cases.ts'
import { recordReport } from './record-report.ts'

/** All goods of an order have left: what is authorised for it is taken in full. */
export async function captureOrder(tx: Tx, orderId: string, now: Date): Promise<void> {
  await lockPayableOrder(tx, orderId)
  await tx.payableOrder.updateMany({ where: { orderId, fulfilledAt: null }, data: { fulfilledAt: now } })
  const held = await tx.transaction.findMany({
    where: { orderId, authorizedMinor: { gt: 0 } },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  for (const { id } of held) {
    const transaction = await lockTransaction(tx, id)
    if (transaction) await requestCapture(tx, transaction, { amountMinor: null }, now)
  }
}

/**
 * Begins to take authorised money: all of it, or a part, after which the provider releases the rest. Null when it can't
 * be: nothing, or not so much, is authorised, it is being called off, or another sum is being taken. The caller holds the
 * transaction's row.
 */
export async function requestCapture(
  tx: Tx,
  transaction: Transaction,
  wanted: { amountMinor: bigint | null },
  now: Date,
): Promise<Capture | null> {
  const { id: transactionId, authorizedMinor, cancelRequestedAt } = transaction
  const amountMinor = wanted.amountMinor ?? authorizedMinor
  if (amountMinor <= 0n || amountMinor > authorizedMinor || cancelRequestedAt) return null
  const pending = await tx.capture.findFirst({ where: { transactionId, state: 'PENDING' } })
  if (pending) return wanted.amountMinor === null || pending.amountMinor === amountMinor ? pending : null
  return await tx.capture.create({
    data: { id: uuidv7(), transactionId, amountMinor, state: 'PENDING', createdAt: now, dueAt: now },
  })
}

/** Takes the money at the provider, with the capture's id as its key; a crash leaves it due. */
export async function advanceCapture({ database, providers, clock }: PaymentWork, id: string): Promise<void> {
  const capture = await database.prisma.capture.findUniqueOrThrow({
    where: { id },
    include: { transaction: true },
  })
  if (capture.state !== 'PENDING') return
  const { transactionId, amountMinor, transaction } = capture
  const { pspReference: reference, currency } = transaction
  const provider = providers.get(transaction.provider)
  if (!provider || reference === null) throw new Error(`Transaction ${transactionId} can't be captured`)
  try {
    const report = await provider.capture({ reference, amountMinor, currency, idempotencyKey: id })
    // A charge or a release ends the capture; anything else is asked again.
    await database.transact((tx) => recordReport(tx, transactionId, report, clock.now()))
  } catch (error) {
    if (error instanceof ProviderUnavailable) {
      const attempts = capture.attempts + 1
      await database.prisma.capture.updateMany({
        where: { id, state: 'PENDING' },
        data: { attempts, dueAt: nextTry(clock.now(), attempts) },
      })
    } else if (error instanceof ProviderRefused) {
      const detail = `${amountMinor} minor units of ${currency} could not be taken: ${error.message}`
      await database.transact(async (tx) => {
        await lockTransaction(tx, transactionId)
        const failed = await tx.capture.updateMany({
          where: { id, state: 'PENDING' },
          data: { state: 'FAILED', dueAt: null },
        })
        if (failed.count === 0) return
        await openCase(tx, { kind: 'AMOUNT_MISMATCH', transactionId, detail, now: clock.now() })
      })
    } else throw error
  }
}
