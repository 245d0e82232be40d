// One subgraph's database: its Prisma client, the pool underneath, and the only way to open a transaction.
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import type { Logger } from '../log/logger.ts'
import { createAdmission } from './admission.ts'
import { isTransactionConflict } from './is-transaction-conflict.ts'
import { JoiningPool } from './joining-pool.ts'
import { sessionOptions } from './session-options.ts'
import { runTransaction, type TransactingClient } from './transaction.ts'

/**
 * What every generated Prisma transaction client satisfies: SQL inside the transaction of the caller. Inside `transact` it
 * goes to the connection without Prisma, as a statement the connection has prepared: the cheap way, for hot paths.
 */
export interface SqlTx {
  $queryRaw<T>(query: TemplateStringsArray, ...values: unknown[]): Promise<T>
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): Promise<number>
  $queryRawUnsafe<T>(sql: string, ...values: unknown[]): Promise<T>
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>
}

export interface Database<Client, Tx> {
  readonly prisma: Client
  /** The same connections Prisma uses: for plumbing whose SQL is its own. Release what you take. */
  readonly pool: pg.Pool
  /**
   * Runs `work` in one transaction and commits it. A serialization failure or a deadlock rolls back and runs `work`
   * again, at most five times in all, so `work` must have no effect outside `tx`. Never call it inside itself: the
   * inner one waits for its turn while the outer holds the place. At most two thirds of the pool run at once, in the order
   * they came; rejects with UNAVAILABLE when its turn does not come in time.
   */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** `listener` runs after every commit of `transact`. What it throws is logged, never told to the caller. */
  onCommit(listener: () => void): void
  /** Rejects when the database does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

const attempts = 5

export function createDatabase<Client, Tx>(options: {
  url: string
  PrismaClient: new (options: { adapter: PrismaPg }) => Client
  poolSize?: number
  log: Logger
}): Database<Client, Tx> {
  const { log, poolSize = 10 } = options
  // A third of the connections is kept for reads and plumbing.
  const admission = createAdmission(Math.max(1, Math.ceil((poolSize * 2) / 3)))
  const pool = new JoiningPool({
    connectionString: options.url,
    max: poolSize,
    options: sessionOptions,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 5_000,
    // Above statement_timeout: only a server that does not answer at all comes this far.
    query_timeout: 12_000,
  })
  // An idle connection that the server drops raises 'error' on the pool; without a listener that ends the process.
  pool.on('error', (error) => {
    log.warn({ err: error }, 'an idle database connection was lost')
  })
  const prisma = new options.PrismaClient({ adapter: new PrismaPg(pool) })
  const client = prisma as unknown as TransactingClient
  const listeners: (() => void)[] = []

  async function attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      try {
        const result = await runTransaction(pool, client, (tx) => work(tx as Tx))
        for (const listener of listeners) tell(listener)
        return result
      } catch (error) {
        if (tried >= attempts || !isTransactionConflict(error)) throw error
        log.debug({ tried }, 'transaction conflict, trying again')
        await pause(Math.random() * 10 * 2 ** tried)
      }
    }
  }

  function tell(listener: () => void): void {
    try {
      listener()
    } catch (error) {
      log.error({ err: error }, 'a commit listener failed')
    }
  }

  return {
    prisma,
    pool,
    transact: (work) => admission.run(() => attempt(work)),
    onCommit: (listener) => {
      listeners.push(listener)
    },
    ping: async () => {
      await pool.query('select 1')
    },
    close: async () => {
      await client.$disconnect()
      await pool.end()
    },
  }
}

// Two transactions that collided must not come back at the same instant: full jitter, at most 160 ms.
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
