import type { Logger } from '#platform/log/logger.ts'
import type { ReconciliationRun } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { nextTry } from '../domain/next-look.ts'
import type { PaymentWork } from './advance-transaction.ts'
import { checkInvariants } from './check-invariants.ts'
import {
  compareWithOrders,
  orderBatch,
  ordersCheck,
  ownCheck,
  recordViolations,
} from './compare-with-orders.ts'
import { compareIntent, missingFrom, providerCheck } from './compare-with-provider.ts'
import { isReconciliationStep, reconciliationSteps } from './reconciliation-steps.ts'
import { closeDifference } from './record-difference.ts'

/** What happened so lately may still be on its way to our ledger. */
const graceMs = 5 * 60_000
/** Longer than a page takes; then another process may go on. */
const leaseMs = 120_000
const pageSize = 50
const mostAttempts = 12

/** One page of a step: how much was compared, and where the next page begins; null when the step is done. */
interface Page {
  compared: number
  next: string | null
}

/**
 * Goes on with the comparison that is due, page by page: each page's place is written down, so that after a crash the next
 * one goes on there. A page that is compared twice finds the same rows.
 */
export async function advanceReconciliation(work: PaymentWork, log: Logger): Promise<void> {
  for (;;) {
    const run = await takeRun(work)
    if (!run) return
    try {
      await advance(work, run)
    } catch (error) {
      log.error({ err: error, runId: run.id, step: run.step }, 'comparing the books failed; it goes on there')
      await putOff(work, run, error)
    }
  }
}

async function takeRun({ database, clock }: PaymentWork): Promise<ReconciliationRun | null> {
  const now = clock.now()
  const [taken] = await database.prisma.$queryRaw<{ id: string }[]>`
    UPDATE reconciliation_runs SET due_at = ${new Date(now.getTime() + leaseMs)}
     WHERE id IN (SELECT id FROM reconciliation_runs WHERE due_at <= ${now} LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id`
  return taken ? await database.prisma.reconciliationRun.findUnique({ where: { id: taken.id } }) : null
}

async function advance(work: PaymentWork, run: ReconciliationRun): Promise<void> {
  const { database, clock } = work
  if (!isReconciliationStep(run.step)) throw new Error(`There is no step ${run.step}`)
  const { compared, next } = await comparePage(work, run)
  const following = reconciliationSteps[reconciliationSteps.indexOf(run.step) + 1]
  await database.transact(async (tx) => {
    const now = clock.now()
    const place = next === null ? { step: following ?? run.step, cursor: null } : { cursor: next }
    const isDone = next === null && following === undefined
    if (isDone) await closeWhatAgrees(tx, run, now)
    const found = await tx.reconciliationDifference.count({ where: { runId: run.id } })
    const sums = { compared: { increment: compared }, found, attempts: 0, error: null }
    const end = isDone ? ({ state: 'COMPLETED', finishedAt: now, dueAt: null } as const) : { dueAt: now }
    await tx.reconciliationRun.update({ where: { id: run.id }, data: { ...place, ...sums, ...end } })
  })
}

async function comparePage(work: PaymentWork, run: ReconciliationRun): Promise<Page> {
  const { database, clock } = work
  switch (run.step) {
    case 'provider-events':
      return await compareListed(work, run)
    case 'provider-ledger':
      return await compareLedger(work, run)
    case 'provider-again':
      return await compareAgain(work, run)
    case 'ledger-orders': {
      const found = await database.transact((tx) => compareWithOrders(tx, run, clock.now()))
      return { compared: found.length, next: found.length < orderBatch ? null : (found.at(-1) ?? null) }
    }
    default: {
      const now = clock.now()
      // Reads everything, longer than a transaction may take.
      const violations = await checkInvariants(database.prisma, now)
      await database.transact((tx) => recordViolations(tx, { run, violations, now }))
      return { compared: violations.length, next: null }
    }
  }
}

/** What the provider lists: only an intent whose facts our ledger lacks is asked about. */
async function compareListed(work: PaymentWork, run: ReconciliationRun): Promise<Page> {
  const [provider] = work.providers.values()
  if (!provider) return { compared: 0, next: null }
  const until = new Date(run.startedAt.getTime() - graceMs)
  const { events, next } = await provider.listEvents({ since: run.since, until, after: run.cursor })
  const reports = events.flatMap(({ payload }) => {
    const { report } = provider.read(payload)
    return report ? [report] : []
  })
  const known = await work.database.prisma.transaction.findMany({
    where: { provider: provider.name, pspReference: { in: reports.map(({ reference }) => reference) } },
    include: { events: true },
  })
  const eventsOf = new Map(known.map((row) => [row.pspReference, row.events]))
  const lacking = new Set(
    reports
      .filter(({ reference, facts }) => missingFrom(eventsOf.get(reference) ?? [], facts).length > 0)
      .map(({ reference }) => reference),
  )
  for (const reference of lacking) await compareIntent(work, provider, { reference, run })
  return { compared: events.length, next }
}

/** What our ledger says happened at the provider since. */
async function compareLedger(work: PaymentWork, run: ReconciliationRun): Promise<Page> {
  const rows = await work.database.prisma.transaction.findMany({
    where: {
      kind: 'ONLINE',
      pspReference: { not: null },
      ...(run.cursor !== null && { id: { gt: run.cursor } }),
      events: {
        some: {
          type: { in: ['CHARGE_SUCCESS', 'REFUND_SUCCESS', 'CHARGE_BACK'] },
          at: { gte: run.since, lt: new Date(run.startedAt.getTime() - graceMs) },
        },
      },
    },
    select: { id: true, provider: true, pspReference: true },
    orderBy: { id: 'asc' },
    take: pageSize,
  })
  for (const row of rows) {
    const provider = work.providers.get(row.provider)
    if (provider && row.pspReference !== null)
      await compareIntent(work, provider, { reference: row.pspReference, run })
  }
  return { compared: rows.length, next: rows.length < pageSize ? null : (rows.at(-1)?.id ?? null) }
}

async function compareAgain(work: PaymentWork, run: ReconciliationRun): Promise<Page> {
  const open = await work.database.prisma.reconciliationDifference.findMany({
    where: {
      check: providerCheck,
      closedAt: null,
      runId: { not: run.id },
      ...(run.cursor !== null && { id: { gt: run.cursor } }),
    },
    orderBy: { id: 'asc' },
    take: pageSize,
  })
  const [provider] = work.providers.values()
  for (const { subject: reference } of open) {
    if (provider) await compareIntent(work, provider, { reference, run })
  }
  return { compared: open.length, next: open.length < pageSize ? null : (open.at(-1)?.id ?? null) }
}

/** How long orders may be silent about a mismatch that it told every night. */
const silentMs = 2 * 24 * 60 * 60_000

/** What this run did not find any more has disappeared. The provider's were each looked at. */
async function closeWhatAgrees(tx: Tx, run: ReconciliationRun, now: Date): Promise<void> {
  const gone = await tx.reconciliationDifference.findMany({
    where: {
      closedAt: null,
      OR: [
        { check: { in: [ordersCheck, ownCheck] }, NOT: { runId: run.id } },
        { runId: null, seenAt: { lt: new Date(now.getTime() - silentMs) } },
      ],
    },
    select: { id: true },
  })
  for (const { id } of gone) await closeDifference(tx, id, now)
}

async function putOff(
  { database, clock }: PaymentWork,
  run: ReconciliationRun,
  error: unknown,
): Promise<void> {
  const attempts = run.attempts + 1
  const isGivenUp = attempts >= mostAttempts
  const message = error instanceof Error ? error.message : String(error)
  await database.prisma.reconciliationRun.update({
    where: { id: run.id },
    data: {
      attempts,
      error: message.slice(0, 500),
      ...(isGivenUp
        ? { state: 'FAILED', finishedAt: clock.now(), dueAt: null }
        : { dueAt: nextTry(clock.now(), attempts) }),
    },
  })
}
