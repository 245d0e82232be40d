import type { PaymentsDatabase } from '../../data/tx.ts'
import { type PaymentProvider, ProviderUnavailable } from '../../providers/payment-provider.ts'
import { Crash, type Mischief, strikes } from './mischief.ts'

/** The database as processes see it that die before a transaction and after its commit. */
export function flakyDatabase(database: PaymentsDatabase, mischief: Mischief): PaymentsDatabase {
  return {
    ...database,
    transact: async (work) => {
      if (strikes(mischief, 'died before writing', 0.02)) throw new Crash()
      const result = await database.transact(work)
      if (strikes(mischief, 'died after writing', 0.02)) throw new Crash()
      return result
    },
  }
}

/** The provider over a wire that loses questions and answers, and a caller that dies while it waits. */
export function flakyProvider(provider: PaymentProvider, mischief: Mischief): PaymentProvider {
  async function call<T>(ask: () => Promise<T>): Promise<T> {
    if (strikes(mischief, 'question lost', 0.05)) throw new ProviderUnavailable('The question was lost.')
    const answer = await ask()
    if (strikes(mischief, 'answer lost', 0.05)) throw new ProviderUnavailable('The answer was lost.')
    if (strikes(mischief, 'died with the answer', 0.05)) throw new Crash()
    return answer
  }
  return {
    ...provider,
    createIntent: (intent) => call(() => provider.createIntent(intent)),
    retrieve: (reference) => call(() => provider.retrieve(reference)),
    cancel: (reference) => call(() => provider.cancel(reference)),
    capture: (capture) => call(() => provider.capture(capture)),
    refund: (refund) => call(() => provider.refund(refund)),
  }
}
