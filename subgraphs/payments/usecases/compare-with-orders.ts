import type { ReconciliationRun } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { differenceId } from './difference-id.ts'
import type { Violation } from './check-invariants.ts'
import { type FoundDifference, recordDifference } from './record-difference.ts'

export const ordersCheck = 'ledger-orders'
export const ownCheck = 'own-books'

/** What happened so lately may still be told. */
const graceMs = 5 * 60_000
export const orderBatch = 500

interface Row {
  order_id: string
  transaction_id: string | null
  detail: string
}

/**
 * Money that the house keeps belongs to an order that orders wants paid; an order that is to be delivered is paid or held
 * in full. A case that is open, or that a person has ended, says that it is known. Returns the orders that differ, a page of them behind the run's cursor.
 */
export async function compareWithOrders(tx: Tx, run: ReconciliationRun, now: Date): Promise<string[]> {
  const before = new Date(now.getTime() - graceMs)
  const rows = await tx.$queryRaw<Row[]>`
    WITH known AS (
      SELECT order_id FROM payment_cases
       WHERE order_id IS NOT NULL AND kind <> 'RECONCILIATION' AND (closed_at IS NULL OR resolution IN ('KEPT', 'WRITTEN_OFF', 'CORRECTED'))),
    paid AS (
      SELECT t.order_id, min(t.id::text) AS transaction_id, max(t.currency) AS currency,
             sum(t.charged_minor + t.authorized_minor) AS taken,
             sum(t.charged_minor + t.authorized_minor - t.refunded_minor - t.charged_back_minor) AS kept
        FROM transactions t
       WHERE NOT EXISTS (SELECT FROM transaction_events e WHERE e.transaction_id = t.id AND e.at >= ${before})
         AND NOT EXISTS (SELECT FROM refunds r WHERE r.transaction_id = t.id AND (r.state = 'PENDING' OR r.due_at IS NOT NULL))
       GROUP BY t.order_id)
    SELECT o.order_id, p.transaction_id,
           p.kept || ' minor units of ' || p.currency || ' of order ' || o.number || ' are kept; orders does not want them.' AS detail
      FROM payable_orders o JOIN paid p USING (order_id)
     WHERE p.kept > 0
       AND (o.ended_at < ${before} OR (o.ended_at IS NULL AND o.confirmed_at IS NULL AND o.expires_at < ${before}))
       AND o.order_id NOT IN (SELECT order_id FROM known)
       AND (${run.cursor}::uuid IS NULL OR o.order_id > ${run.cursor}::uuid)
    UNION ALL
    SELECT o.order_id, p.transaction_id,
           'Order ' || o.number || ' is to be delivered for ' || o.total_minor || ' minor units of ' || o.currency || '; '
             || coalesce(p.taken, 0) || ' were taken.'
      FROM payable_orders o LEFT JOIN paid p USING (order_id)
     WHERE o.confirmed_at < ${before} AND o.ended_at IS NULL AND coalesce(p.taken, 0) < o.total_minor
       AND NOT EXISTS (SELECT FROM transactions t JOIN transaction_events e ON e.transaction_id = t.id
                        WHERE t.order_id = o.order_id AND e.at >= ${before})
       AND o.order_id NOT IN (SELECT order_id FROM known)
       AND (${run.cursor}::uuid IS NULL OR o.order_id > ${run.cursor}::uuid)
    ORDER BY order_id LIMIT ${orderBatch}`
  for (const { order_id: orderId, transaction_id: transactionId, detail } of rows) {
    const found = { check: ordersCheck, subject: orderId, orderId, transactionId, detail, runId: run.id }
    await record(tx, { ...found, needsCase: true }, now)
  }
  return rows.map((row) => row.order_id)
}

/** The rules of our own books, found outside of a transaction. Money that breaks one is a person's. */
export async function recordViolations(
  tx: Tx,
  { run, violations, now }: { run: ReconciliationRun; violations: readonly Violation[]; now: Date },
): Promise<void> {
  for (const { rule, subject } of violations) {
    const detail = `This does not hold: ${rule}.`
    const found = { check: ownCheck, subject: `${rule}: ${subject}`, detail, orderId: null, runId: run.id }
    await record(tx, { ...found, transactionId: await asTransaction(tx, subject), needsCase: true }, now)
  }
}

async function record(tx: Tx, found: Omit<FoundDifference, 'id'>, now: Date): Promise<void> {
  await recordDifference(tx, { id: differenceId(found.check, found.subject), ...found }, now)
}

async function asTransaction(tx: Tx, subject: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM transactions WHERE id::text = ${subject}`
  return row?.id ?? null
}
