import { rowBy, rowById, rowsBy, valueBy } from '#platform/graphql/row-loaders.ts'
import { findLatestMovements } from '../data/find-latest-movements.ts'
import type { PrismaClient } from '../data/generated/client.ts'

export type Loaders = ReturnType<typeof createLoaders>

/** Everything a resolver reads by key: one statement for all that one step of an operation asks, however many. */
export function createLoaders(prisma: PrismaClient) {
  return {
    order: rowBy(
      (orderIds) => prisma.payableOrder.findMany({ where: { orderId: { in: orderIds } } }),
      (row) => row.orderId,
    ),
    transaction: rowById((ids) => prisma.transaction.findMany({ where: { id: { in: ids } } })),
    transactionsOf: rowsBy(
      (orderIds) =>
        prisma.transaction.findMany({ where: { orderId: { in: orderIds } }, orderBy: { id: 'asc' } }),
      (row) => row.orderId,
    ),
    eventsOf: rowsBy(
      (transactionIds) =>
        prisma.transactionEvent.findMany({
          where: { transactionId: { in: transactionIds } },
          orderBy: [{ at: 'asc' }, { id: 'asc' }],
        }),
      (row) => row.transactionId,
    ),
    refundsOf: rowsBy(
      (transactionIds) =>
        prisma.refund.findMany({ where: { transactionId: { in: transactionIds } }, orderBy: { id: 'asc' } }),
      (row) => row.transactionId,
    ),
    disputesOf: rowsBy(
      (transactionIds) =>
        prisma.dispute.findMany({
          where: { transactionId: { in: transactionIds } },
          orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
        }),
      (row) => row.transactionId,
    ),
    storeCreditOf: rowsBy(
      (customerRefs) =>
        prisma.storedValueAccount.findMany({
          where: { customerRef: { in: customerRefs } },
          orderBy: { currency: 'asc' },
        }),
      (row) => row.customerRef,
    ),
    historyOf: rowsBy(
      (caseIds) =>
        prisma.paymentCaseEntry.findMany({ where: { caseId: { in: caseIds } }, orderBy: { id: 'asc' } }),
      (row) => row.caseId,
    ),
    reconciliationRun: rowById((ids) => prisma.reconciliationRun.findMany({ where: { id: { in: ids } } })),
    reconciliationDifference: rowById((ids) =>
      prisma.reconciliationDifference.findMany({ where: { id: { in: ids } } }),
    ),
    movementsOf: rowsBy(
      (sessionIds) => findLatestMovements(prisma, sessionIds),
      (row) => row.sessionId,
    ),
    paymentCase: rowById((ids) => prisma.paymentCase.findMany({ where: { id: { in: ids } } })),
    cashSession: rowById((ids) => prisma.cashSession.findMany({ where: { id: { in: ids } } })),
    /** Sum of what was put into the drawer since the session was opened. */
    movedIn: valueBy(async (sessionIds) => {
      const sums = await prisma.cashMovement.groupBy({
        by: ['sessionId'],
        where: { sessionId: { in: sessionIds } },
        _sum: { amountMinor: true },
      })
      return new Map(sums.map((row) => [row.sessionId, row._sum.amountMinor ?? 0n]))
    }),
  }
}
