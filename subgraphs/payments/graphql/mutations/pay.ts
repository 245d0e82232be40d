import { badInput } from '#platform/errors/errors.ts'
import type { Resolver } from '#platform/graphql/build-schema.ts'
import { moneyColumns } from '#platform/graphql/money-output.ts'
import { invalidInput } from '#platform/graphql/parse-input.ts'
import type { StoredValueAccount, Transaction } from '../../data/generated/client.ts'
import { isReturnPath } from '../../domain/return-path.ts'
import type { PaymentTicket } from '../../payment-ticket.ts'
import { startBankTransfer } from '../../usecases/bank-transfer.ts'
import { payWithStoredValue } from '../../usecases/pay-with-stored-value.ts'
import { startPayment } from '../../usecases/start-payment.ts'
import { findGiftCard, findStoreCredit } from '../../usecases/stored-value-accounts.ts'
import { giftCardNotFound, tooManyTries } from '../gift-card-answers.ts'
import { amountInput } from '../inputs.ts'
import { alreadyPaid, providerUnavailable, readOwnTicket, ticketInvalid } from '../read-ticket.ts'
import { callerOf, type Ctx, type PaymentServices } from '../services.ts'

/** What a shopper does to pay. */
export function createPayMutations(services: PaymentServices): Record<string, Resolver> {
  const { prisma } = services.database
  return {
    startPayment: async (
      _: unknown,
      { input }: { input: { paymentTicket: string; returnPath: string } },
      { identity }: Ctx,
    ) => {
      const { paymentTicket, returnPath } = input
      if (!isReturnPath(returnPath)) {
        throw badInput('returnPath must be a path on this site, such as /en/FR/checkout.', {
          argument: 'returnPath',
        })
      }
      const ticket = await readOwnTicket(services, paymentTicket, callerOf(identity))
      if (!ticket) return ticketInvalid()
      const outcome = await startPayment(services, { ticket, returnPath })
      if (outcome.kind !== 'Started') return refusal(outcome.kind)
      const { transaction } = outcome
      return { kind: 'StartPaymentSuccess', transaction, client: clientOf(services, transaction) }
    },
    payWithGiftCard: async (
      _: unknown,
      { input }: { input: { paymentTicket: string; code: string } },
      { identity, ip }: Ctx,
    ) => {
      const caller = callerOf(identity)
      const retryAfterSeconds = await services.throttle.admit({ userId: caller.userId, ip })
      if (retryAfterSeconds > 0) return tooManyTries(retryAfterSeconds)
      const ticket = await readOwnTicket(services, input.paymentTicket, caller)
      if (!ticket) return ticketInvalid()
      const account = await findGiftCard(prisma, input.code)
      return account ? await spend(services, { ticket, account, mostMinor: null }) : giftCardNotFound()
    },
    payWithStoreCredit: async (
      _: unknown,
      { input }: { input: { paymentTicket: string; amount?: bigint | null } },
      { identity }: Ctx,
    ) => {
      const mostMinor = input.amount ?? null
      if (mostMinor !== null && !amountInput.safeParse(mostMinor).success)
        return invalidInput('amount', 'Pay with an amount of more than 0.')
      const ticket = await readOwnTicket(services, input.paymentTicket, callerOf(identity))
      if (!ticket) return ticketInvalid()
      const account = await findStoreCredit(prisma, ticket)
      return account ? await spend(services, { ticket, account, mostMinor }) : nothingToSpend()
    },
    startBankTransfer: async (
      _: unknown,
      { input }: { input: { paymentTicket: string } },
      { identity }: Ctx,
    ) => {
      const ticket = await readOwnTicket(services, input.paymentTicket, callerOf(identity))
      if (!ticket) return ticketInvalid()
      const outcome = services.bankAccount
        ? await startBankTransfer(services, ticket)
        : ({ kind: 'NotOffered' } as const)
      if (outcome.kind === 'NotOffered') {
        const message = 'Transfers are not taken here. Pay by card instead.'
        return { kind: 'BankTransferNotOfferedError', message }
      }
      if (outcome.kind !== 'Started') return refusal(outcome.kind)
      return { kind: 'StartBankTransferSuccess', transaction: outcome.transaction, days: outcome.days }
    },
  }
}

async function spend(
  services: PaymentServices,
  payment: { ticket: PaymentTicket; account: StoredValueAccount; mostMinor: bigint | null },
) {
  const outcome = await payWithStoredValue(services, payment)
  if (outcome.kind === 'NothingToSpend') return nothingToSpend()
  if (outcome.kind !== 'Paid') return refusal(outcome.kind)
  const { transaction, dueMinor } = outcome
  const due = moneyColumns(transaction.currency, dueMinor > 0n ? dueMinor : 0n)
  return { kind: 'StoredValuePaymentSuccess', transaction, due }
}

function refusal(kind: 'AlreadyPaid' | 'OrderEnded' | 'Unavailable') {
  switch (kind) {
    case 'AlreadyPaid':
      return alreadyPaid()
    case 'OrderEnded':
      return ticketInvalid()
    case 'Unavailable':
      return providerUnavailable()
  }
}

const nothingToSpend = () => ({
  kind: 'NothingToSpendError',
  message: 'There is nothing left on it that could pay this order. Pay in another way.',
})

function clientOf(
  services: PaymentServices,
  transaction: Transaction & { pspReference: string; clientSecret: string },
) {
  const { provider, pspReference, clientSecret } = transaction
  const publishableKey = services.providers.get(provider)?.publishableKey ?? null
  return { provider, reference: pspReference, clientSecret, publishableKey }
}
