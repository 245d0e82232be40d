import { appendEvents } from '../data/append-events.ts'
import type { Tx } from '../data/tx.ts'
import { recordFacts } from './record-facts.ts'

/**
 * Calls open attempts off: at the provider by the worker, at once where nobody else has a say. Asking twice is asking once.
 */
export async function callOff(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  for (const id of [...ids].sort()) {
    const asked = await tx.transaction.updateMany({
      where: { id, closedAt: null, cancelRequestedAt: null },
      data: { cancelRequestedAt: now, dueAt: now, attempts: 0 },
    })
    if (asked.count === 0) continue
    const { currency, amountMinor, kind } = await tx.transaction.findUniqueOrThrow({ where: { id } })
    const request = { pspReference: id, currency, amountMinor, code: null, message: null, at: now }
    await appendEvents(tx, id, [{ ...request, type: 'CANCEL_REQUEST' }])
    if (kind === 'BANK_TRANSFER') await recordFacts(tx, id, [{ ...request, type: 'CANCEL_SUCCESS' }], now)
  }
}
