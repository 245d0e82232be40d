import { uuidv7 } from '#platform/ids/uuid.ts'
import type { LedgerEvent } from '../domain/fold-transaction.ts'
import type { Tx } from './tx.ts'

/** Adds what is new of the events and returns that; what the ledger has already is passed over. */
export async function appendEvents(
  tx: Tx,
  transactionId: string,
  events: readonly LedgerEvent[],
): Promise<LedgerEvent[]> {
  const added: LedgerEvent[] = []
  for (const event of events) {
    const count = await tx.$executeRaw`
      INSERT INTO transaction_events (id, transaction_id, type, psp_reference, currency, amount_minor, code, message, at)
      VALUES (${uuidv7()}::uuid, ${transactionId}::uuid, ${event.type}::transaction_event_type, ${event.pspReference},
              ${event.currency}, ${event.amountMinor}, ${event.code}, ${event.message}, ${event.at})
      ON CONFLICT (transaction_id, type, psp_reference) DO NOTHING`
    if (count === 1) added.push(event)
  }
  return added
}
