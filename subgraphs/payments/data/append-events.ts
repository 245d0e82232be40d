import { columnsOf } from '#platform/database/rows.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { Prisma, type TransactionEvent } from './generated/client.ts'
import type { LedgerEvent } from '../domain/fold-transaction.ts'
import type { Tx } from './tx.ts'

/** Adds what is new of the events and returns that; what the ledger has already is passed over. */
export async function appendEvents(
  tx: Tx,
  transactionId: string,
  events: readonly LedgerEvent[],
): Promise<LedgerEvent[]> {
  if (events.length === 0) return []
  const column = <T>(of: (event: LedgerEvent) => T): T[] => events.map(of)
  const rows = await tx.$queryRaw<{ type: string; pspReference: string }[]>`
    INSERT INTO transaction_events (id, transaction_id, type, psp_reference, currency, amount_minor, code, message, at)
    SELECT id, ${transactionId}::uuid, type, psp_reference, currency, amount_minor, code, message, at
      FROM unnest(${column(() => uuidv7())}::uuid[], ${column(({ type }) => type)}::transaction_event_type[],
                  ${column(({ pspReference }) => pspReference)}::text[], ${column(({ currency }) => currency)}::text[],
                  ${column(({ amountMinor }) => amountMinor)}::bigint[], ${column(({ code }) => code)}::text[],
                  ${column(({ message }) => message)}::text[], ${column(({ at }) => at)}::timestamptz[])
           WITH ORDINALITY AS e (id, type, psp_reference, currency, amount_minor, code, message, at, place)
     ORDER BY place
    ON CONFLICT (transaction_id, type, psp_reference) DO NOTHING
    RETURNING type, psp_reference AS "pspReference"`
  const fresh = new Set(rows.map(nameOf))
  // Of two that are the same the first is the one that was added.
  return events.filter((event) => fresh.delete(nameOf(event)))
}

const nameOf = ({ type, pspReference }: { type: string; pspReference: string }): string =>
  `${type} ${pspReference}`

const columns = columnsOf(Prisma.TransactionEventScalarFieldEnum)

/** Everything that happened to a transaction. */
export async function findLedger(tx: Tx, transactionId: string): Promise<TransactionEvent[]> {
  return await tx.$queryRawUnsafe(
    `SELECT ${columns} FROM transaction_events WHERE transaction_id = $1::uuid`,
    transactionId,
  )
}
