import type { Transaction, TransactionEvent } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { foldTransaction } from '../domain/fold-transaction.ts'

export interface Violation {
  /** Which of the rules. */
  rule: string
  /** The transaction's or the session's id, or the provider's reference. */
  subject: string
}

/** How long after the end of an order its attempts must be closed, and what the provider has must be known here. */
const graceMs = 5 * 60_000
const batch = 500

// Each query names the subjects that break one rule; all are read in one statement. $1 is the grace's end.
const rules: Record<string, string> = {
  'no more is taken than was asked for, or a case says so': `
    SELECT id::text FROM transactions t
     WHERE charged_minor > amount_minor
       AND NOT EXISTS (SELECT FROM payment_cases c WHERE c.transaction_id = t.id AND c.kind = 'AMOUNT_MISMATCH')`,
  'no more is given back than was taken': `
    SELECT id::text FROM transactions WHERE refunded_minor + charged_back_minor > charged_minor`,
  'a stored value is the sum of its entries': `
    SELECT a.id::text FROM stored_value_accounts a
     WHERE a.balance_minor < 0 OR a.balance_minor <>
           (SELECT coalesce(sum(e.amount_minor), 0) FROM stored_value_entries e WHERE e.account_id = a.id)`,
  'what a stored value paid is spent, and what was given back is on it': `
    SELECT t.id::text FROM transactions t
     WHERE t.kind = 'STORE_CREDIT' AND t.charged_minor - t.refunded_minor <> -
           (SELECT coalesce(sum(e.amount_minor), 0) FROM stored_value_entries e
             WHERE e.account_id = t.stored_value_id
               AND (e.reference = t.id::text OR e.reference IN (SELECT r.id::text FROM refunds r WHERE r.transaction_id = t.id)))`,
  'an order is charged once online, or a case says so': `
    SELECT min(t.id::text) FROM transactions t
     WHERE t.kind = 'ONLINE' AND t.charged_minor > t.refunded_minor
       AND NOT EXISTS (SELECT FROM payment_cases c WHERE c.transaction_id = t.id AND c.closed_at IS NULL)
     GROUP BY t.order_id HAVING count(*) > 1`,
  'nothing stays open for an order that ended': `
    SELECT t.id::text FROM transactions t JOIN payable_orders o ON o.order_id = t.order_id
     WHERE t.closed_at IS NULL AND o.ended_at < $1::timestamptz`,
  'what is open at a provider is looked at': `
    SELECT id::text FROM transactions
     WHERE kind = 'ONLINE' AND closed_at IS NULL AND (due_at IS NULL OR due_at < $1::timestamptz)
    UNION ALL
    SELECT id::text FROM captures WHERE state = 'PENDING' AND (due_at IS NULL OR due_at < $1::timestamptz)
    UNION ALL
    SELECT id::text FROM refunds
     WHERE state = 'PENDING' AND NOT is_by_hand AND (due_at IS NULL OR due_at < $1::timestamptz)`,
  'cash expected is the float and what was put in': `
    SELECT s.id::text FROM cash_sessions s
     WHERE s.closed_at IS NOT NULL
       AND s.expected_minor <> s.float_minor +
           (SELECT coalesce(sum(m.amount_minor), 0) FROM cash_movements m WHERE m.session_id = s.id)`,
  'what the sandbox took and gave back is in our ledger': `
    SELECT c.intent_reference
      FROM sandbox_charges c
      LEFT JOIN transactions t ON t.provider = 'sandbox' AND t.psp_reference = c.intent_reference
      LEFT JOIN LATERAL (SELECT coalesce(sum(r.amount_minor) FILTER (WHERE r.at < $1::timestamptz), 0) AS settled,
                                coalesce(sum(r.amount_minor), 0) AS given
                           FROM sandbox_refunds r
                          WHERE r.intent_reference = c.intent_reference AND r.status = 'succeeded') back ON true
     WHERE c.at < $1::timestamptz
       AND (t.charged_minor IS DISTINCT FROM c.amount_minor
            OR t.refunded_minor NOT BETWEEN back.settled AND back.given)`,
  'what our ledger says the sandbox took, it took': `
    SELECT t.id::text FROM transactions t
     WHERE t.provider = 'sandbox' AND t.charged_minor > 0
       AND NOT EXISTS (SELECT FROM sandbox_charges c WHERE c.intent_reference = t.psp_reference)`,
}

/** What must always hold in this database, and does not: empty when all is well. At most 100 subjects per rule. */
export async function checkInvariants(tx: Tx, now: Date): Promise<Violation[]> {
  const names = Object.keys(rules)
  const parts = names.map(
    (name, index) =>
      `(SELECT ${index} AS rule, subject FROM (${rules[name] ?? ''}) AS broken (subject) LIMIT 100)`,
  )
  const rows = await tx.$queryRawUnsafe<{ rule: number; subject: string }[]>(
    parts.join(' UNION ALL '),
    new Date(now.getTime() - graceMs),
  )
  const broken = rows.map((row) => ({ rule: names[row.rule] ?? '', subject: row.subject }))
  return [...broken, ...(await findUnfolded(tx))]
}

/** Rows that are not the fold of their events. */
async function findUnfolded(tx: Tx): Promise<Violation[]> {
  const found: Violation[] = []
  let after: string | undefined
  for (;;) {
    const rows = await tx.transaction.findMany({
      where: after === undefined ? {} : { id: { gt: after } },
      include: { events: true },
      orderBy: { id: 'asc' },
      take: batch,
    })
    for (const { id } of rows.filter((row) => !isFolded(row))) {
      // Row and events were read one after the other: a change in between is told apart by a second look.
      const again = await tx.transaction.findUnique({ where: { id }, include: { events: true } })
      if (again && !isFolded(again))
        found.push({ rule: 'a transaction is the fold of its events', subject: id })
    }
    after = rows.at(-1)?.id
    if (rows.length < batch || found.length >= 100) return found
  }
}

function isFolded(row: Transaction & { events: TransactionEvent[] }): boolean {
  const standing = foldTransaction(row.currency, row.events)
  return (
    standing.status === row.status &&
    standing.authorizedMinor === row.authorizedMinor &&
    standing.chargedMinor === row.chargedMinor &&
    standing.refundedMinor === row.refundedMinor &&
    standing.chargedBackMinor === row.chargedBackMinor &&
    standing.isClosed === (row.closedAt !== null)
  )
}
