// One transaction on one connection. Raw statements go straight to it; Prisma joins it when the first of its models is asked
// for. Prisma's own interactive transaction costs some 0.7 ms of CPU however little is done in it; most of ours are raw.
import type pg from 'pg'
import { createInTurn } from './in-turn.ts'
import type { JoiningPool } from './joining-pool.ts'
import { resultTypes } from './result-types.ts'
import { type SqlText, toParameter, toSqlText } from './sql-text.ts'
import { statementName } from './statement-name.ts'
import { type TransactionHooks, setHooks } from './transaction-hooks.ts'

/** What of a Prisma client is needed to take part. */
export interface TransactingClient {
  $transaction<T>(work: (tx: Models) => Promise<T>, options: { maxWait: number; timeout: number }): Promise<T>
  $disconnect(): Promise<void>
}

type Models = Readonly<Record<string, Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>>>

/** All of a transaction, waits included; the gateway ends an operation after ten seconds. */
const longestMs = 15_000

/**
 * Runs `work` between BEGIN and COMMIT. What it throws is thrown on after ROLLBACK; what it registered to do before the
 * commit has been done when this resolves, and what is to be told after it is told.
 */
export async function runTransaction<T>(
  pool: JoiningPool,
  prisma: TransactingClient,
  work: (tx: unknown) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: unknown = null
  // A connection that is lost while it is taken raises 'error' on itself; unheard, that ends the process.
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  const transaction = openTransaction(pool, client, prisma)
  let result: T
  try {
    await client.query('BEGIN')
    result = await work(transaction.tx)
    await transaction.finish()
    const { command } = await client.query('COMMIT')
    // Of a transaction in which a statement failed COMMIT makes a ROLLBACK, without an error.
    if (command !== 'COMMIT') throw new Error('A statement failed and the transaction was undone')
  } catch (error) {
    try {
      await transaction.abandon(error)
      await client.query('ROLLBACK')
    } catch (failure) {
      broken ??= failure
    }
    throw error
  } finally {
    client.off('error', onError)
    client.release(broken instanceof Error ? broken : broken !== null)
  }
  transaction.tellCommitted()
  return result
}

function openTransaction(pool: JoiningPool, client: pg.PoolClient, prisma: TransactingClient) {
  const deadline = performance.now() + longestMs
  const inTurn = createInTurn()
  const beforeCommit: (() => Promise<void>)[] = []
  const afterCommit: (() => void)[] = []
  let joined: {
    models: Promise<Models>
    end: PromiseWithResolvers<undefined>
    ended: Promise<undefined>
  } | null = null

  function requireTime(): void {
    if (performance.now() > deadline)
      throw new Error(`A transaction took longer than ${String(longestMs)} ms`)
  }

  async function run({ text, values }: SqlText): Promise<pg.QueryResult> {
    requireTime()
    const query = { name: statementName(text), text, values, types: resultTypes }
    return await inTurn(() => client.query(query))
  }

  function join(): Promise<Models> {
    if (joined) return joined.models
    const models = Promise.withResolvers<Models>()
    const end = Promise.withResolvers<undefined>()
    const ended = pool.join(client, inTurn, () =>
      prisma.$transaction(
        (tx) => {
          models.resolve(tx)
          return end.promise
        },
        { maxWait: longestMs, timeout: 2 * longestMs },
      ),
    )
    ended.catch(models.reject)
    joined = { models: models.promise, end, ended }
    return joined.models
  }

  function model(name: string) {
    return new Proxy(
      {},
      {
        get:
          (_, method: string) =>
          async (...args: unknown[]) => {
            requireTime()
            const models = await join()
            return models[name]?.[method]?.(...args)
          },
      },
    )
  }

  const raw = {
    $queryRaw: async (query: TemplateStringsArray, ...values: unknown[]) =>
      (await run(toSqlText(query, values))).rows as unknown,
    $executeRaw: async (query: TemplateStringsArray, ...values: unknown[]) =>
      (await run(toSqlText(query, values))).rowCount ?? 0,
    $queryRawUnsafe: async (text: string, ...values: unknown[]) =>
      (await run({ text, values: values.map(toParameter) })).rows as unknown,
    $executeRawUnsafe: async (text: string, ...values: unknown[]) =>
      (await run({ text, values: values.map(toParameter) })).rowCount ?? 0,
  }
  const known = new Map<string | symbol, unknown>(Object.entries(raw))
  const tx = new Proxy(raw, {
    get: (_, property) => {
      const found = known.get(property)
      if (found !== undefined || typeof property !== 'string' || property === 'then') return found
      const made = model(property)
      known.set(property, made)
      return made
    },
  })
  const hooks: TransactionHooks = {
    pool,
    beforeCommit: (work) => beforeCommit.push(work),
    afterCommit: (work) => afterCommit.push(work),
  }
  setHooks(tx, hooks)

  return {
    tx: tx as unknown,
    finish: async () => {
      for (const step of beforeCommit) await step()
      joined?.end.resolve(undefined)
      await joined?.ended
    },
    tellCommitted: () => {
      for (const step of afterCommit) step()
    },
    abandon: async (reason: unknown) => {
      joined?.end.reject(reason)
      await joined?.ended.catch(() => undefined)
    },
  }
}
