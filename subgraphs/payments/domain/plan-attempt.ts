import type { TransactionStatus } from './fold-transaction.ts'

/** What `startPayment` must know of an attempt to pay an order online. */
export interface Attempt {
  id: string
  status: TransactionStatus
  currency: string
  amountMinor: bigint
  chargedMinor: bigint
  refundedMinor: bigint
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
  | { kind: 'Begin' }

/** What to do next, so that an order has one attempt at a time that money can be taken by. */
export function planAttempt(
  asked: { currency: string; amountMinor: bigint },
  attempts: readonly Attempt[],
): AttemptPlan {
  if (attempts.some((attempt) => attempt.chargedMinor > attempt.refundedMinor)) return { kind: 'AlreadyPaid' }
  const open = attempts.find((attempt) => !attempt.isClosed)
  if (!open) return { kind: 'Begin' }
  const fits =
    open.status !== 'FAILED' &&
    !open.isCancelRequested &&
    open.currency === asked.currency &&
    open.amountMinor === asked.amountMinor
  if (!fits) return { kind: 'CallOff', id: open.id }
  return { kind: open.hasReference ? 'Continue' : 'Create', id: open.id }
}
