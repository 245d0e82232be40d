import { uuidv7 } from '#platform/ids/uuid.ts'
import { appendEvents } from '../data/append-events.ts'
import type { Refund, Transaction } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { keptMinor } from '../domain/money-due.ts'
import { giveBackStoredValue } from './move-stored-value.ts'
import { openCase } from './payment-cases.ts'
import { recordFacts } from './record-facts.ts'

export interface WantedRefund {
  amountMinor: bigint
  reason: string
  /** How many refunds of this money failed before. */
  tries?: number
  /** The wish of orders that it belongs to. */
  requestId?: string
  /** A case tells people of it already. */
  hasCase?: boolean
}

/**
 * What can still be given back: neither given back nor on its way, nor promised by a failed refund that is tried again.
 * The caller holds the transaction's row, so that two refunds never promise the same money.
 */
export async function refundableMinor(tx: Tx, transaction: Transaction): Promise<bigint> {
  const promised = await tx.refund.aggregate({
    where: {
      transactionId: transaction.id,
      OR: [{ state: 'PENDING' }, { state: 'FAILED', dueAt: { not: null } }],
    },
    _sum: { amountMinor: true },
  })
  return keptMinor(transaction) - (promised._sum.amountMinor ?? 0n)
}

/**
 * Begins to give money back, at most what is left: by the provider soon, into the gift card at once, else by a person.
 * Null when nothing is left. The caller holds the transaction's row.
 */
export async function requestRefund(
  tx: Tx,
  transaction: Transaction,
  wanted: WantedRefund,
  now: Date,
): Promise<Refund | null> {
  const { id: transactionId, currency, kind } = transaction
  const left = await refundableMinor(tx, transaction)
  const amountMinor = wanted.amountMinor < left ? wanted.amountMinor : left
  if (amountMinor <= 0n) return null
  const id = uuidv7()
  const { reason, tries = 0, requestId = null } = wanted
  const isByHand = kind === 'CASH' || kind === 'TERMINAL' || kind === 'BANK_TRANSFER'
  const refund = await tx.refund.create({
    data: {
      id,
      transactionId,
      requestId,
      isByHand,
      amountMinor,
      reason,
      state: 'PENDING',
      tries,
      createdAt: now,
      dueAt: kind === 'ONLINE' ? now : null,
    },
  })
  const fact = { pspReference: id, currency, amountMinor, code: null, message: reason, at: now }
  await appendEvents(tx, transactionId, [{ ...fact, type: 'REFUND_REQUEST' }])
  if (isByHand && !wanted.hasCase) {
    const detail = `${amountMinor} minor units of ${currency} are to be given back by hand: ${reason}`
    await openCase(tx, { kind: 'REFUND_BY_HAND', transactionId, detail, now })
  }
  if (kind === 'STORE_CREDIT') {
    await giveBackStoredValue(tx, transaction, refund, now)
    await tx.refund.update({ where: { id }, data: { pspReference: id } })
    await recordFacts(tx, transactionId, [{ ...fact, type: 'REFUND_SUCCESS' }], now)
  }
  return refund
}
