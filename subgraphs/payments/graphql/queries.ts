import { hasRole } from '#platform/auth/identity.ts'
import { badInput } from '#platform/errors/errors.ts'
import type { Resolver } from '#platform/graphql/build-schema.ts'
import { parsePage, toConnection } from '#platform/graphql/connection.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type { GraphQLContext } from '#platform/server/subgraph.ts'
import type { PrismaClient } from '../data/generated/client.ts'
import { findPaymentCases } from '../data/find-payment-cases.ts'
import type { PaymentProvider } from '../providers/payment-provider.ts'
import type { Loaders } from './loaders.ts'

export type Ctx = GraphQLContext<Loaders>

interface PageArgs {
  first?: number | null
  after?: string | null
}

export function createQueries(
  prisma: PrismaClient,
  provider: Pick<PaymentProvider, 'name' | 'publishableKey'>,
): Record<string, Resolver> {
  return {
    paymentProvider: () => ({ name: provider.name, publishableKey: provider.publishableKey }),
    failedPayments: async (_: unknown, args: PageArgs) => {
      const page = parsePage(args, { cursorParts: 1 })
      const rows = await prisma.transaction.findMany({
        where: { status: 'FAILED', ...(page.after && { id: { lt: idIn(page.after, 0) } }) },
        orderBy: { id: 'desc' },
        take: page.limit + 1,
      })
      return toConnection(rows, page.limit, (row) => [row.id])
    },
    paymentCases: async (_: unknown, args: PageArgs) => {
      const page = parsePage(args, { cursorParts: 2 })
      const after = page.after && { isClosed: page.after[0] === 1, id: idIn(page.after, 1) }
      const rows = await findPaymentCases(prisma, { after, limit: page.limit + 1 })
      return toConnection(rows, page.limit, (row) => [row.closedAt === null ? 0 : 1, row.id])
    },
    transaction: async (_: unknown, args: { id: string }, { identity, loaders }: Ctx) => {
      const found = isUuid(args.id) ? await loaders.transaction.load(args.id.toLowerCase()) : null
      if (!found || !identity) return null
      const isOwn = found.customerRef === identity.userId
      return isOwn || hasRole(identity, 'SUPPORT', 'CLERK', 'SHOP_MANAGER', 'ADMIN') ? found : null
    },
    openCashSession: async (_: unknown, { registerId }: { registerId: string }) =>
      isUuid(registerId)
        ? await prisma.cashSession.findFirst({ where: { registerId, closedAt: null } })
        : null,
  }
}

function idIn(cursor: readonly (string | number)[], part: number): string {
  const id = String(cursor[part])
  if (!isUuid(id)) throw badInput('This cursor is not valid.', { argument: 'after' })
  return id
}
