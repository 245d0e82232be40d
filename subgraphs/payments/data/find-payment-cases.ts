import type { PaymentCase, PrismaClient } from './generated/client.ts'

/** Open cases first, then closed ones, each newest first. */
export async function findPaymentCases(
  prisma: PrismaClient,
  { after, limit }: { after: { isClosed: boolean; id: string } | null; limit: number },
): Promise<PaymentCase[]> {
  const isBehind = after && { id: { lt: after.id } }
  const open = after?.isClosed
    ? []
    : await prisma.paymentCase.findMany({
        where: { closedAt: null, ...isBehind },
        orderBy: { id: 'desc' },
        take: limit,
      })
  if (open.length === limit) return open
  const closed = await prisma.paymentCase.findMany({
    where: { closedAt: { not: null }, ...(after?.isClosed && isBehind) },
    orderBy: { id: 'desc' },
    take: limit - open.length,
  })
  return [...open, ...closed]
}
