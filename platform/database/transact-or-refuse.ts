import type { Database } from './database.ts'

/** Ends the work with an expected outcome. Like a throw, it does not come back. */
export type Refuse<Refusal> = (refusal: Refusal) => never

class Refused extends Error {
  readonly refusal: unknown

  constructor(refusal: unknown) {
    super('refused')
    this.refusal = refusal
  }
}

/**
 * One transaction that either commits and returns what `work` returns, or is undone and returns what `work` refused with:
 * nothing of it stays, an idempotency key included, so the key is good for another try. Otherwise as `transact`. Name the
 * refusals in the type of the parameter: `(tx, refuse: Refuse<PlaceOrderRefusal>) => …`. What `refuse` throws must reach
 * the end of `work`: it may not be caught on the way.
 */
export async function transactOrRefuse<Tx, Success, Refusal>(
  database: Pick<Database<unknown, Tx>, 'transact'>,
  work: (tx: Tx, refuse: Refuse<Refusal>) => Promise<Success>,
): Promise<Success | Refusal> {
  try {
    return await database.transact((tx) =>
      work(tx, (refusal) => {
        throw new Refused(refusal)
      }),
    )
  } catch (error) {
    // Only the `refuse` above makes one, and transactions are not nested, so it holds this call's Refusal.
    if (error instanceof Refused) return error.refusal as Refusal
    throw error
  }
}
