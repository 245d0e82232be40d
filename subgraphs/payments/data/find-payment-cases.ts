import type { PaymentCase, PaymentCaseKind, PrismaClient } from './generated/client.ts'

export interface CaseFilter {
  isOpen: boolean | null
  kind: PaymentCaseKind | null
  ownerRef: string | null
}

/** Open cases first, then closed ones, each newest first. */
export async function findPaymentCases(
  prisma: PrismaClient,
  {
    after,
    limit,
    filter,
  }: { after: { isClosed: boolean; id: string } | null; limit: number; filter: CaseFilter },
): Promise<PaymentCase[]> {
  const { isOpen, kind, ownerRef } = filter
  const wanted = { ...(kind !== null && { kind }), ...(ownerRef !== null && { ownerRef }) }
  const isBehind = after && { id: { lt: after.id } }
  const open =
    after?.isClosed || isOpen === false
      ? []
      : await prisma.paymentCase.findMany({
          where: { ...wanted, closedAt: null, ...isBehind },
          orderBy: { id: 'desc' },
          take: limit,
        })
  if (open.length === limit || isOpen === true) return open
  const closed = await prisma.paymentCase.findMany({
    where: { ...wanted, closedAt: { not: null }, ...(after?.isClosed && isBehind) },
    orderBy: { id: 'desc' },
    take: limit - open.length,
  })
  return [...open, ...closed]
}
