import type { TransactionStatus } from './fold-transaction.ts'
import { dueMinor, keptMinor, type Sums } from './money-due.ts'

export type PaymentKind = 'ONLINE' | 'TERMINAL' | 'CASH' | 'BANK_TRANSFER' | 'STORE_CREDIT'

/** What must be known of a way that an order was paid, or tried to be. */
export interface Attempt extends Sums {
  id: string
  kind: PaymentKind
  status: TransactionStatus
  currency: string
  amountMinor: bigint
  hasReference: boolean
  isCancelRequested: boolean
  isClosed: boolean
}

export type AttemptPlan =
  | { kind: 'AlreadyPaid' }
  /** This attempt is what the shopper goes on with. */
  | { kind: 'Continue'; id: string }
  /** It was begun, and whether the provider knows of it is not known here: ask again with the same key. */
  | { kind: 'Create'; id: string }
  /** It must be called off first: two attempts that can both be charged are two charges. */
  | { kind: 'CallOff'; id: string }
  /** For what is still due. */
  | { kind: 'Begin'; amountMinor: bigint }

/**
 * What to do next, so that an order has one attempt at a time that money can be taken by from outside, and that one asks
 * for what is still due after store credit and whatever else has paid a part.
 */
export function planAttempt(
  asked: { by: 'ONLINE' | 'BANK_TRANSFER' | 'STORE_CREDIT'; currency: string; totalMinor: bigint },
  attempts: readonly Attempt[],
): AttemptPlan {
  const dueNowMinor = dueMinor(asked.totalMinor, attempts)
  const isPaidOnline = attempts.some(
    (attempt) => attempt.kind === 'ONLINE' && (keptMinor(attempt) > 0n || attempt.authorizedMinor > 0n),
  )
  if (dueNowMinor <= 0n || (isPaidOnline && asked.by !== 'STORE_CREDIT')) return { kind: 'AlreadyPaid' }
  const open = attempts.filter((attempt) => !attempt.isClosed && attempt.authorizedMinor === 0n)
  const other = open.find((attempt) => !fits(attempt))
  if (other) return { kind: 'CallOff', id: other.id }
  const [mine] = open
  if (!mine) return { kind: 'Begin', amountMinor: dueNowMinor }
  return { kind: mine.hasReference ? 'Continue' : 'Create', id: mine.id }

  function fits(attempt: Attempt): boolean {
    return (
      attempt.kind === asked.by &&
      attempt.status !== 'FAILED' &&
      !attempt.isCancelRequested &&
      attempt.currency === asked.currency &&
      attempt.amountMinor === dueNowMinor
    )
  }
}
