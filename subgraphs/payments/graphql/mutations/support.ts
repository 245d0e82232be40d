import { z } from 'zod'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import type { Resolver } from '#platform/graphql/build-schema.ts'
import { moneyColumns } from '#platform/graphql/money-output.ts'
import { invalidInput, parseInput } from '#platform/graphql/parse-input.ts'
import { giftCardRandomBytes } from '../../domain/gift-card-code.ts'
import { confirmBankTransfer } from '../../usecases/bank-transfer.ts'
import { type ConfirmRefusal, confirmRefund } from '../../usecases/confirm-refund.ts'
import { capturePayment, type PaymentRefusal, refundPayment } from '../../usecases/refund-payment.ts'
import { startReconciliation } from '../../usecases/start-reconciliation.ts'
import { grantStoreCredit, issueGiftCard } from '../../usecases/stored-value-accounts.ts'
import { amountInput, currencyInput, idInput, keyInput, reasonInput, referenceInput } from '../inputs.ts'
import { callerOf, type Ctx, type PaymentServices } from '../services.ts'
import { assertOwnTill, sessionNotOpen } from './cash.ts'

const transferInput = z.object({
  transactionId: idInput('payment'),
  amount: amountInput,
  bankReference: referenceInput,
  idempotencyKey: keyInput,
})
const captureInput = z.object({
  transactionId: idInput('payment'),
  amount: amountInput.nullish(),
  idempotencyKey: keyInput,
})
const refundInput = captureInput.extend({ reason: reasonInput })
const givenInput = z.object({
  refundId: idInput('refund'),
  reference: referenceInput,
  registerId: idInput('till').nullish(),
})
const issueInput = z.object({
  currency: currencyInput,
  amount: amountInput,
  reason: reasonInput,
  idempotencyKey: keyInput,
})
const grantInput = issueInput.extend({ customerId: idInput('person') })

interface Args {
  input: unknown
}

/** What support does about money. */
export function createSupportMutations(services: PaymentServices): Record<string, Resolver> {
  const { database, clock, randomBytes } = services
  return {
    confirmBankTransfer: async (_: unknown, { input }: Args, { identity, loaders }: Ctx) => {
      const parsed = parseInput(transferInput, input)
      if (parsed.kind !== 'Parsed') return parsed
      const { amount: amountMinor, ...rest } = parsed.value
      const arrived = { ...rest, amountMinor, actorRef: callerOf(identity).userId }
      const outcome = await transactOrRefuse(database, (tx, refuse: Refuse<{ kind: 'NoTransfer' }>) =>
        confirmBankTransfer(tx, refuse, { arrived, now: clock.now() }),
      )
      if (outcome.kind === 'NoTransfer') return notPossible('No transfer is awaited by this payment.')
      return success(await loaders.transaction.load(outcome.transactionId))
    },
    capturePayment: async (_: unknown, { input }: Args, { identity, loaders }: Ctx) => {
      const parsed = parseInput(captureInput, input)
      if (parsed.kind !== 'Parsed') return parsed
      const { amount = null, ...rest } = parsed.value
      const wish = { ...rest, amountMinor: amount, actorRef: callerOf(identity).userId }
      const outcome = await transactOrRefuse(database, (tx, refuse: Refuse<PaymentRefusal>) =>
        capturePayment(tx, refuse, { wish, now: clock.now() }),
      )
      return outcome.kind === 'Done'
        ? success(await loaders.transaction.load(outcome.transactionId))
        : refused(outcome)
    },
    refundPayment: async (_: unknown, { input }: Args, { identity, loaders }: Ctx) => {
      const parsed = parseInput(refundInput, input)
      if (parsed.kind !== 'Parsed') return parsed
      const { amount = null, ...rest } = parsed.value
      const wish = { ...rest, amountMinor: amount, actorRef: callerOf(identity).userId }
      const outcome = await transactOrRefuse(database, (tx, refuse: Refuse<PaymentRefusal>) =>
        refundPayment(tx, refuse, { wish, now: clock.now() }),
      )
      return outcome.kind === 'Done'
        ? success(await loaders.transaction.load(outcome.transactionId))
        : refused(outcome)
    },
    confirmRefund: async (_: unknown, { input }: Args, { identity, loaders }: Ctx) => {
      const parsed = parseInput(givenInput, input)
      if (parsed.kind !== 'Parsed') return parsed
      const caller = callerOf(identity)
      const { registerId = null, ...rest } = parsed.value
      if (registerId !== null) await assertOwnTill(services, registerId, caller)
      const given = { ...rest, registerId, actorRef: caller.userId }
      const outcome = await transactOrRefuse(database, (tx, refuse: Refuse<ConfirmRefusal>) =>
        confirmRefund(tx, refuse, { given, now: clock.now() }),
      )
      switch (outcome.kind) {
        case 'Done':
          return success(await loaders.transaction.load(outcome.transactionId))
        case 'NoRefund':
          return notPossible('No refund by hand has this id.')
        case 'NeedsTill':
          return invalidInput('registerId', 'Say which till the cash comes out of.')
        case 'NoDrawer':
          return sessionNotOpen()
      }
    },
    issueGiftCard: async (_: unknown, { input }: Args, { identity }: Ctx) => {
      const parsed = parseInput(issueInput, input)
      if (parsed.kind !== 'Parsed') return parsed
      const { amount: amountMinor, ...rest } = parsed.value
      const issue = { ...rest, amountMinor, actorRef: callerOf(identity).userId }
      const random = randomBytes(giftCardRandomBytes)
      const issued = await database.transact((tx) => issueGiftCard(tx, issue, { random, now: clock.now() }))
      return { kind: 'IssueGiftCardSuccess', ...issued, balance: moneyColumns(rest.currency, amountMinor) }
    },
    grantStoreCredit: async (_: unknown, { input }: Args, { identity }: Ctx) => {
      const parsed = parseInput(grantInput, input)
      if (parsed.kind !== 'Parsed') return parsed
      const { amount: amountMinor, customerId: customerRef, ...rest } = parsed.value
      const grant = { ...rest, amountMinor, customerRef, actorRef: callerOf(identity).userId }
      const balanceMinor = await database.transact((tx) => grantStoreCredit(tx, grant, clock.now()))
      return { kind: 'GrantStoreCreditSuccess', balance: moneyColumns(rest.currency, balanceMinor) }
    },
    startReconciliation: async (_: unknown, __: unknown, { identity }: Ctx) => {
      const requestedBy = callerOf(identity).userId
      const run = await database.transact((tx) => startReconciliation(tx, { requestedBy, now: clock.now() }))
      services.compareBooks()
      return { kind: 'ReconciliationRunSuccess', run }
    },
  }
}

const success = (transaction: object | null) => ({ kind: 'TransactionSuccess', transaction })

const notPossible = (message: string) => ({ kind: 'TransactionStateError', message })

function refused(refusal: PaymentRefusal) {
  return refusal.kind === 'NoTransaction'
    ? invalidInput('transactionId', 'There is no such payment.')
    : notPossible(refusal.reason)
}
