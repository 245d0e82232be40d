import type { Tx } from '../data/tx.ts'
import { openCase } from './payment-cases.ts'
import type { Change } from './record-facts.ts'

/** What new facts mean for the money that was to be taken: ends captures, and opens a case where the sum is another. */
export async function settleCaptures(tx: Tx, change: Change, now: Date): Promise<void> {
  const { before, after } = change
  const transactionId = after.id
  if (after.closedAt && !before.closedAt) {
    await tx.$executeRaw`
      UPDATE captures SET state = ${after.chargedMinor > 0n ? 'SUCCEEDED' : 'FAILED'}::capture_state, due_at = NULL
       WHERE transaction_id = ${transactionId}::uuid AND state = 'PENDING'`
  }
  const wrong = (await findWrongCharge(tx, change)) ?? (await findLapse(tx, change))
  if (wrong !== null) await openCase(tx, { kind: 'AMOUNT_MISMATCH', transactionId, detail: wrong, now })
}

/** Says when the provider took another sum than it was asked for. */
async function findWrongCharge(tx: Tx, { after, added }: Change): Promise<string | null> {
  const charge = added.find((event) => event.type === 'CHARGE_SUCCESS')
  if (!charge) return null
  const { id: transactionId, currency, amountMinor, chargedMinor } = after
  if (charge.currency === currency && chargedMinor === amountMinor) return null
  // A part was asked for.
  const capture = await tx.capture.findFirst({ where: { transactionId, amountMinor: chargedMinor } })
  if (capture && charge.currency === currency) return null
  const taken = `${charge.amountMinor} minor units of ${charge.currency}`
  return `${amountMinor} minor units of ${currency} were asked for; ${taken} were taken.`
}

/** Says when authorised money went away though nobody called it off, or the order was reinstated meanwhile. */
async function findLapse(tx: Tx, { before, after }: Change): Promise<string | null> {
  const isGone = before.authorizedMinor > 0n && after.authorizedMinor === 0n && after.chargedMinor === 0n
  if (!isGone) return null
  const { orderId } = after
  const wanted = await tx.payableOrder.findFirst({
    where: { orderId, confirmedAt: { not: null }, endedAt: null },
  })
  if (after.cancelRequestedAt && !wanted) return null
  return `${before.authorizedMinor} minor units of ${after.currency} were authorised; the provider released them before they were taken.`
}
