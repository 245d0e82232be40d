import type { Identity } from '#platform/auth/identity.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import type { GraphQLContext } from '#platform/server/subgraph.ts'
import type { BankAccount } from '../bank-account.ts'
import type { GiftCardThrottle } from '../gift-card-throttle.ts'
import type { OnlinePaymentWork } from '../usecases/start-payment.ts'
import type { Loaders } from './loaders.ts'

/** What resolvers are made with. */
export interface PaymentServices extends OnlinePaymentWork {
  ticketSecret: string
  throttle: GiftCardThrottle
  /** Where transfers go; null where the house takes none. */
  bankAccount: BankAccount | null
  /** Unguessable bytes. */
  randomBytes: (count: number) => Uint8Array
  /** Goes on at once with a comparison that was asked for. */
  compareBooks: () => void
}

export type Ctx = GraphQLContext<Loaders>

export function callerOf(identity: Identity | null): Identity {
  if (!identity) throw unauthenticated()
  return identity
}
