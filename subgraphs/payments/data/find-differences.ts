import type { PrismaClient, ReconciliationDifference } from './generated/client.ts'

/** Open differences first, then closed ones, each newest first. */
export async function findDifferences(
  prisma: PrismaClient,
  { after, limit }: { after: { isClosed: boolean; foundAt: Date; id: string } | null; limit: number },
): Promise<ReconciliationDifference[]> {
  const orderBy = [{ foundAt: 'desc' }, { id: 'desc' }] as const
  const isBehind = after && {
    OR: [{ foundAt: { lt: after.foundAt } }, { foundAt: after.foundAt, id: { lt: after.id } }],
  }
  const open = after?.isClosed
    ? []
    : await prisma.reconciliationDifference.findMany({
        where: { closedAt: null, ...isBehind },
        orderBy: [...orderBy],
        take: limit,
      })
  if (open.length === limit) return open
  const closed = await prisma.reconciliationDifference.findMany({
    where: { closedAt: { not: null }, ...(after?.isClosed && isBehind) },
    orderBy: [...orderBy],
    take: limit - open.length,
  })
  return [...open, ...closed]
}
