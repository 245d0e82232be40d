import { hasRole } from '#platform/auth/identity.ts'
import { badInput } from '#platform/errors/errors.ts'
import type { Resolver } from '#platform/graphql/build-schema.ts'
import { parsePage, toConnection } from '#platform/graphql/connection.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { moneyColumns } from '#platform/graphql/money-output.ts'
import { findDifferences } from '../data/find-differences.ts'
import { findPaymentCases } from '../data/find-payment-cases.ts'
import type { PaymentCaseKind } from '../data/generated/client.ts'
import { findGiftCard } from '../usecases/stored-value-accounts.ts'
import { giftCardNotFound, tooManyTries } from './gift-card-answers.ts'
import { callerOf, type Ctx, type PaymentServices } from './services.ts'

interface PageArgs {
  first?: number | null
  after?: string | null
}

interface CaseFilter {
  isOpen?: boolean | null
  kind?: PaymentCaseKind | null
  ownerId?: string | null
}

export function createQueries(services: PaymentServices): Record<string, Resolver> {
  const { provider, bankAccount, throttle } = services
  const { prisma } = services.database
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
    paymentMethods: async (_: unknown, { marketId }: { marketId: string }) => {
      const market = bankAccount && (await prisma.paymentMarket.findUnique({ where: { marketId } }))
      const isTransferTaken = market !== null && market.bankTransferDays !== null
      return ['CARD', ...(isTransferTaken ? ['BANK_TRANSFER'] : []), 'GIFT_CARD', 'STORE_CREDIT']
    },
    giftCardBalance: async (_: unknown, { code }: { code: string }, { identity, ip }: Ctx) => {
      const retryAfterSeconds = await throttle.admit({ userId: callerOf(identity).userId, ip })
      if (retryAfterSeconds > 0) return tooManyTries(retryAfterSeconds)
      const card = await findGiftCard(prisma, code)
      if (!card) return giftCardNotFound()
      return { kind: 'GiftCardBalance', balance: moneyColumns(card.currency, card.balanceMinor) }
    },
    paymentCase: (_: unknown, { id }: { id: string }, { loaders }: Ctx) =>
      isUuid(id) ? loaders.paymentCase.load(id.toLowerCase()) : null,
    reconciliationRuns: async (_: unknown, args: PageArgs) => {
      const page = parsePage(args, { cursorParts: 1 })
      const rows = await prisma.reconciliationRun.findMany({
        where: page.after ? { id: { lt: idIn(page.after, 0) } } : {},
        orderBy: { id: 'desc' },
        take: page.limit + 1,
      })
      return toConnection(rows, page.limit, (row) => [row.id])
    },
    reconciliationDifferences: async (_: unknown, args: PageArgs) => {
      const page = parsePage(args, { cursorParts: 3 })
      const after = page.after && {
        isClosed: page.after[0] === 1,
        foundAt: timeIn(page.after, 1),
        id: idIn(page.after, 2),
      }
      const rows = await findDifferences(prisma, { after, limit: page.limit + 1 })
      return toConnection(rows, page.limit, (row) => [
        row.closedAt === null ? 0 : 1,
        row.foundAt.getTime(),
        row.id,
      ])
    },
    paymentCases: async (_: unknown, args: PageArgs & { filter?: CaseFilter | null }) => {
      const page = parsePage(args, { cursorParts: 2 })
      const after = page.after && { isClosed: page.after[0] === 1, id: idIn(page.after, 1) }
      const { isOpen = null, kind = null, ownerId = null } = args.filter ?? {}
      if (ownerId !== null && !isUuid(ownerId))
        throw badInput('There is no such person.', { argument: 'filter.ownerId' })
      const filter = { isOpen, kind, ownerRef: ownerId }
      const rows = await findPaymentCases(prisma, { after, limit: page.limit + 1, filter })
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

function timeIn(cursor: readonly (string | number)[], part: number): Date {
  const time = new Date(Number(cursor[part]))
  if (Number.isNaN(time.getTime())) throw badInput('This cursor is not valid.', { argument: 'after' })
  return time
}
