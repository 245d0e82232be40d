import type pg from 'pg'

/** What plumbing may do around the end of a transaction. */
export interface TransactionHooks {
  /** Of the database the transaction is in. */
  readonly pool: pg.Pool
  /** Runs `work` within the transaction when everything else is done; what it throws undoes the transaction. */
  beforeCommit(work: () => Promise<void>): void
  /** Runs `work` when the transaction is committed; it must not throw. */
  afterCommit(work: () => void): void
}

const hooks = new WeakMap<object, TransactionHooks>()

export function setHooks(tx: object, of: TransactionHooks): void {
  hooks.set(tx, of)
}

/** Null for a transaction that `transact` has not opened, such as one of a Prisma client by itself. */
export function hooksOf(tx: object): TransactionHooks | null {
  return hooks.get(tx) ?? null
}
