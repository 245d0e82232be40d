import type { Tx } from '../data/tx.ts'
import { advanceTransaction, type PaymentWork } from './advance-transaction.ts'

/** The provider must first be asked about this transaction; then it is decided anew. */
export interface MustAdvance {
  kind: 'Advance'
  id: string
}

/** Calling off and beginning take two rounds each at most; others who pay the same order may come between. */
const mostRounds = 6

/**
 * Decides and writes in one transaction and then calls the provider outside it, until there is an outcome; a crash in
 * between leaves an attempt that the sweep finishes. `Unavailable`: the provider does not answer, refuses, or is just
 * taking money by an attempt that would have to be called off.
 */
export async function inRounds<Outcome extends { kind: string }>(
  work: PaymentWork,
  decide: (tx: Tx) => Promise<Outcome | MustAdvance>,
): Promise<Outcome | { kind: 'Unavailable' }> {
  for (let round = 1; round <= mostRounds; round++) {
    const decided = await work.database.transact(decide)
    if (!isMustAdvance(decided)) return decided
    // Another attempt at what the provider refuses to begin would be refused too.
    if ((await advanceTransaction(work, decided.id)) !== 'Advanced') break
  }
  return { kind: 'Unavailable' }
}

function isMustAdvance(decided: { kind: string }): decided is MustAdvance {
  return decided.kind === 'Advance'
}
