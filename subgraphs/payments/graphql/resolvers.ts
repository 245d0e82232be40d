import type { Resolvers } from '#platform/graphql/build-schema.ts'
import { moneyColumns } from '#platform/graphql/money-output.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type {
  CashMovement,
  CashSession,
  Dispute,
  PaymentCase,
  PaymentCaseEntry,
  ReconciliationDifference,
  Refund,
  Transaction,
  TransactionEvent,
} from '../data/generated/client.ts'
import { dueMinor } from '../domain/money-due.ts'
import { createMutations } from './mutations.ts'
import { createQueries } from './queries.ts'
import type { Ctx, PaymentServices } from './services.ts'

interface Reference {
  id: string
}

interface OwnedOrder extends Reference {
  customerRef: string | null
}

const resultType = { __resolveType: (result: { kind: string }) => result.kind }

export function createResolvers(services: PaymentServices): Resolvers {
  return {
    Query: createQueries(services),
    Mutation: createMutations(services),
    Order: {
      __resolveReference: async ({ id }: Reference, { identity, loaders }: Ctx): Promise<OwnedOrder> => {
        const order = isUuid(id) ? await loaders.order.load(id.toLowerCase()) : null
        // Of an order nobody has told of there is nothing to hide: whoever asks sees that there are no payments.
        return { id, customerRef: order ? order.customerRef : (identity?.userId ?? null) }
      },
      transactions: async ({ id }: OwnedOrder, _: unknown, { loaders }: Ctx) =>
        isUuid(id) ? loaders.transactionsOf.load(id.toLowerCase()) : [],
      amountDue: async ({ id }: OwnedOrder, _: unknown, { loaders }: Ctx) => {
        const order = isUuid(id) ? await loaders.order.load(id.toLowerCase()) : null
        if (!order) return null
        const due = dueMinor(order.totalMinor, await loaders.transactionsOf.load(order.orderId))
        return moneyColumns(order.currency, due > 0n ? due : 0n)
      },
    },
    User: {
      __resolveReference: ({ id }: Reference): Reference => ({ id }),
      storeCredit: async ({ id }: Reference, _: unknown, { loaders }: Ctx) => {
        const accounts = isUuid(id) ? await loaders.storeCreditOf.load(id.toLowerCase()) : []
        return accounts.map((account) => moneyColumns(account.currency, account.balanceMinor))
      },
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
      refunds: async ({ id, currency }: Transaction, _: unknown, { loaders }: Ctx) =>
        (await loaders.refundsOf.load(id)).map((refund) => ({ ...refund, currency })),
      disputes: ({ id }: Transaction, _: unknown, { loaders }: Ctx) => loaders.disputesOf.load(id),
      bankTransfer: (row: Transaction) => {
        const { bankAccount } = services
        if (row.kind !== 'BANK_TRANSFER' || !bankAccount) return null
        return {
          accountHolder: bankAccount.holder,
          iban: bankAccount.iban,
          bic: bankAccount.bic,
          reference: row.orderNumber,
          amount: moneyColumns(row.currency, row.amountMinor),
        }
      },
    },
    Refund: {
      amount: (row: Refund & { currency: string }) => moneyColumns(row.currency, row.amountMinor),
    },
    Dispute: {
      amount: (row: Dispute) => moneyColumns(row.currency, row.amountMinor),
    },
    TransactionEvent: {
      amount: (row: TransactionEvent) => moneyColumns(row.currency, row.amountMinor),
    },
    PaymentCase: {
      __resolveReference: ({ id }: Reference, { loaders }: Ctx) =>
        isUuid(id) ? loaders.paymentCase.load(id) : null,
      transaction: ({ transactionId }: PaymentCase, _: unknown, { loaders }: Ctx) =>
        transactionId === null ? null : loaders.transaction.load(transactionId),
      ownerId: ({ ownerRef }: PaymentCase) => ownerRef,
      history: ({ id }: PaymentCase, _: unknown, { loaders }: Ctx) => loaders.historyOf.load(id),
    },
    PaymentCaseEntry: {
      actorId: ({ actorRef }: PaymentCaseEntry) => actorRef,
    },
    ReconciliationRun: {
      __resolveReference: ({ id }: Reference, { loaders }: Ctx) =>
        isUuid(id) ? loaders.reconciliationRun.load(id) : null,
    },
    ReconciliationDifference: {
      __resolveReference: ({ id }: Reference, { loaders }: Ctx) =>
        isUuid(id) ? loaders.reconciliationDifference.load(id) : null,
      transaction: ({ transactionId }: ReconciliationDifference, _: unknown, { loaders }: Ctx) =>
        transactionId === null ? null : loaders.transaction.load(transactionId),
      case: ({ caseId }: ReconciliationDifference, _: unknown, { loaders }: Ctx) =>
        caseId === null ? null : loaders.paymentCase.load(caseId),
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
      movements: async ({ id, currency }: CashSession, _: unknown, { loaders }: Ctx) =>
        (await loaders.movementsOf.load(id)).map((movement) => ({ ...movement, currency })),
    },
    CashMovement: {
      amount: (row: CashMovement & { currency: string }) => moneyColumns(row.currency, row.amountMinor),
    },
    StartPaymentResult: resultType,
    StartCashSessionResult: resultType,
    CloseCashSessionResult: resultType,
    RecordCashMovementResult: resultType,
    PayWithGiftCardResult: resultType,
    PayWithStoreCreditResult: resultType,
    GiftCardBalanceResult: resultType,
    StartBankTransferResult: resultType,
    ConfirmBankTransferResult: resultType,
    CapturePaymentResult: resultType,
    RefundPaymentResult: resultType,
    ConfirmRefundResult: resultType,
    IssueGiftCardResult: resultType,
    GrantStoreCreditResult: resultType,
    PaymentCaseResult: resultType,
    StartReconciliationResult: resultType,
    UserError: resultType,
  }
}
