import type { Identity } from '#platform/auth/identity.ts'
import { badInput, unauthenticated } from '#platform/errors/errors.ts'
import type { Resolver } from '#platform/graphql/build-schema.ts'
import { invalidInput } from '#platform/graphql/parse-input.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { isCurrencyCode } from '#platform/money/currencies.ts'
import type { Transaction } from '../data/generated/client.ts'
import { isReturnPath } from '../domain/return-path.ts'
import { readPaymentTicket } from '../payment-ticket.ts'
import type { PaymentProvider } from '../providers/payment-provider.ts'
import type { PaymentWork } from '../usecases/advance-transaction.ts'
import { closeCashSession, takeOpenCashSession } from '../usecases/cash-sessions.ts'
import { startPayment } from '../usecases/start-payment.ts'
import type { Ctx } from './queries.ts'

export interface PaymentServices extends PaymentWork {
  /** Takes the new payments. */
  provider: PaymentProvider
  ticketSecret: string
}

/** More cash than any drawer holds, in any currency; far below what a column can. */
const mostCashMinor = 10n ** 12n
/** A ticket is some 400 characters. */
const longestTicket = 4_096

export function createMutations(services: PaymentServices): Record<string, Resolver> {
  const { database, clock } = services
  return {
    startPayment: (
      _: unknown,
      { input }: { input: { paymentTicket: string; returnPath: string } },
      { identity }: Ctx,
    ) => start(services, input, callerOf(identity)),
    startCashSession: async (
      _: unknown,
      { input }: { input: { registerId: string; currency: string; float: bigint } },
      { identity }: Ctx,
    ) => {
      const { registerId, currency, float } = input
      if (!isUuid(registerId)) return invalidInput('registerId', 'This is not a till.')
      if (!isCurrencyCode(currency)) return invalidInput('currency', 'Give an ISO 4217 code, such as EUR.')
      if (!isCash(float))
        return invalidInput('float', 'The float is 0 or more, and no more than a drawer holds.')
      const { userId: clerkRef } = callerOf(identity)
      const wanted = { registerId: registerId.toLowerCase(), clerkRef, currency, floatMinor: float }
      const cashSession = await database.transact((tx) => takeOpenCashSession(tx, wanted, clock.now()))
      return { kind: 'CashSessionSuccess', cashSession }
    },
    closeCashSession: async (_: unknown, { input }: { input: { id: string; counted: bigint } }) => {
      const { id, counted } = input
      if (!isCash(counted))
        return invalidInput('counted', 'What was counted is 0 or more, and no more than a drawer holds.')
      const cashSession = isUuid(id)
        ? await database.transact((tx) => closeCashSession(tx, { id, countedMinor: counted }, clock.now()))
        : null
      return cashSession
        ? { kind: 'CashSessionSuccess', cashSession }
        : {
            kind: 'CashSessionNotOpenError',
            message: 'This cash session is not open. Look up the till’s open one.',
          }
    },
  }
}

async function start(
  services: PaymentServices,
  input: { paymentTicket: string; returnPath: string },
  caller: Identity,
) {
  const { paymentTicket, returnPath } = input
  if (!isReturnPath(returnPath)) {
    throw badInput('returnPath must be a path on this site, such as /en/FR/checkout.', {
      argument: 'returnPath',
    })
  }
  const ticket =
    paymentTicket.length <= longestTicket
      ? await readPaymentTicket(services.ticketSecret, paymentTicket, services.clock.now())
      : null
  // Somebody else's ticket is answered as a forged one: that it is good is nobody's business.
  if (ticket?.customerRef !== caller.userId) return ticketInvalid()
  const outcome = await startPayment(services, { ticket, returnPath })
  switch (outcome.kind) {
    case 'Started':
      return {
        kind: 'StartPaymentSuccess',
        transaction: outcome.transaction,
        client: clientOf(services, outcome.transaction),
      }
    case 'AlreadyPaid':
      return {
        kind: 'AlreadyPaidError',
        message: 'This order is paid already. You find it among your orders.',
      }
    case 'OrderEnded':
      return ticketInvalid()
    case 'Unavailable':
      return {
        kind: 'PaymentProviderUnavailableError',
        message: 'Paying is not possible right now. Your pieces stay held: try again in a moment.',
      }
  }
}

function clientOf(
  services: PaymentServices,
  transaction: Transaction & { pspReference: string; clientSecret: string },
) {
  const { provider, pspReference, clientSecret } = transaction
  const publishableKey = services.providers.get(provider)?.publishableKey ?? null
  return { provider, reference: pspReference, clientSecret, publishableKey }
}

const ticketInvalid = () => ({
  kind: 'TicketInvalidError',
  message: 'This order can’t be paid any more. Look at your bag and order again.',
})

const isCash = (amountMinor: bigint): boolean => amountMinor >= 0n && amountMinor <= mostCashMinor

function callerOf(identity: Identity | null): Identity {
  if (!identity) throw unauthenticated()
  return identity
}
