import type { CashMovement, PrismaClient } from './generated/client.ts'

const most = 100

/** The latest movements of each drawer, newest first; two statements however many drawers. */
export async function findLatestMovements(
  prisma: PrismaClient,
  sessionIds: readonly string[],
): Promise<CashMovement[]> {
  const latest = await prisma.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM unnest(${sessionIds}::uuid[]) AS s (id)
     CROSS JOIN LATERAL (SELECT id FROM cash_movements WHERE session_id = s.id
                          ORDER BY at DESC, id DESC LIMIT ${most}) m`
  return await prisma.cashMovement.findMany({
    where: { id: { in: latest.map(({ id }) => id) } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
}
