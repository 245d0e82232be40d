import { reconciliationMismatched } from '#contracts/orders.ts'
import { nameUuid } from '#platform/ids/name-uuid.ts'
import { emitAll } from '#platform/outbox/emit-all.ts'
import type { Tx } from '../data/tx.ts'
import { checkInvariants } from './check-invariants.ts'

export interface Mismatch {
  id: string
  check: string
  subject: string
}

/** Checks what must always hold and tells each mismatch, under the same id as when it was found before. */
export async function tellMismatches(tx: Tx, now: Date): Promise<Mismatch[]> {
  const violations = await checkInvariants(tx, now)
  if (violations.length === 0) return []
  const orders = await tx.order.findMany({
    where: { number: { in: violations.map((violation) => violation.subject) } },
    select: { id: true, number: true },
  })
  const idOf = new Map(orders.map((order) => [order.number, order.id]))
  const mismatches = violations.map(({ rule, subject }) => ({
    id: nameUuid(`orders ${rule} ${subject}`),
    check: rule,
    subject,
  }))
  await emitAll(
    tx,
    reconciliationMismatched,
    mismatches.map(({ id, check, subject }) => ({
      aggregateId: id,
      payload: { mismatchId: id, check, orderId: idOf.get(subject) ?? null, detail: subject },
    })),
  )
  return mismatches
}
