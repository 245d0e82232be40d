import type { Resolvers } from '#platform/graphql/build-schema.ts'
import { moneyColumns } from '#platform/graphql/money-output.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type { CashSession, PaymentCase, Transaction, TransactionEvent } from '../data/generated/client.ts'
import { createMutations, type PaymentServices } from './mutations.ts'
import { createQueries, type Ctx } from './queries.ts'

interface Reference {
  id: string
}

interface OwnedOrder extends Reference {
  customerRef: string | null
}

const resultType = { __resolveType: (result: { kind: string }) => result.kind }

export function createResolvers(services: PaymentServices): Resolvers {
  return {
    Query: createQueries(services.database.prisma, services.provider),
    Mutation: createMutations(services),
    Order: {
      __resolveReference: async ({ id }: Reference, { identity, loaders }: Ctx): Promise<OwnedOrder> => {
        const order = isUuid(id) ? await loaders.order.load(id.toLowerCase()) : null
        // Of an order nobody has told of there is nothing to hide: whoever asks sees that there are no payments.
        return { id, customerRef: order ? order.customerRef : (identity?.userId ?? null) }
      },
      transactions: async ({ id }: OwnedOrder, _: unknown, { loaders }: Ctx) =>
        isUuid(id) ? loaders.transactionsOf.load(id.toLowerCase()) : [],
    },
    Transaction: {
      __resolveReference: ({ id }: Reference, { loaders }: Ctx) =>
        isUuid(id) ? loaders.transaction.load(id) : null,
      order: ({ orderId, customerRef }: Transaction): OwnedOrder => ({ id: orderId, customerRef }),
      amount: (row: Transaction) => moneyColumns(row.currency, row.amountMinor),
      charged: (row: Transaction) => moneyColumns(row.currency, row.chargedMinor),
      refunded: (row: Transaction) => moneyColumns(row.currency, row.refundedMinor),
      authorized: (row: Transaction) => moneyColumns(row.currency, row.authorizedMinor),
      chargedBack: (row: Transaction) => moneyColumns(row.currency, row.chargedBackMinor),
      events: ({ id }: Transaction, _: unknown, { loaders }: Ctx) => loaders.eventsOf.load(id),
    },
    TransactionEvent: {
      amount: (row: TransactionEvent) => moneyColumns(row.currency, row.amountMinor),
    },
    PaymentCase: {
      __resolveReference: ({ id }: Reference, { loaders }: Ctx) =>
        isUuid(id) ? loaders.paymentCase.load(id) : null,
      transaction: ({ transactionId }: PaymentCase, _: unknown, { loaders }: Ctx) =>
        transactionId === null ? null : loaders.transaction.load(transactionId),
    },
    CashSession: {
      __resolveReference: ({ id }: Reference, { loaders }: Ctx) =>
        isUuid(id) ? loaders.cashSession.load(id) : null,
      float: (row: CashSession) => moneyColumns(row.currency, row.floatMinor),
      expected: async (row: CashSession, _: unknown, { loaders }: Ctx) =>
        moneyColumns(row.currency, row.floatMinor + ((await loaders.movedIn.load(row.id)) ?? 0n)),
      counted: (row: CashSession) =>
        row.countedMinor === null ? null : moneyColumns(row.currency, row.countedMinor),
      difference: (row: CashSession) =>
        row.countedMinor === null || row.expectedMinor === null
          ? null
          : moneyColumns(row.currency, row.countedMinor - row.expectedMinor),
    },
    StartPaymentResult: resultType,
    StartCashSessionResult: resultType,
    CloseCashSessionResult: resultType,
    UserError: resultType,
  }
}
