import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import type { InTurn } from './in-turn.ts'

const nothing = { rows: [], fields: [], rowCount: null }
const boundaries = new Set(['BEGIN', 'COMMIT', 'ROLLBACK'])

/**
 * A pool from which Prisma, beginning a transaction, gets the connection of the transaction that is under way: it takes
 * part in that one and neither begins nor ends it.
 */
export class JoiningPool extends pg.Pool {
  readonly #joined = new AsyncLocalStorage<pg.PoolClient>()

  /** Whatever takes a connection within `work` gets this one, to use in turn and not to give back. */
  join<T>(client: pg.PoolClient, inTurn: InTurn, work: () => T): T {
    return this.#joined.run(lent(client, inTurn), work)
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | undefined {
    if (callback) {
      super.connect(callback)
      return undefined
    }
    const joined = this.#joined.getStore()
    return joined ? Promise.resolve(joined) : super.connect()
  }
}

/** The connection, for one who may neither end its transaction nor give it back. */
function lent(client: pg.PoolClient, inTurn: InTurn): pg.PoolClient {
  return new Proxy(client, {
    get: (target, property) => {
      if (property === 'release') return () => undefined
      const value: unknown = Reflect.get(target, property, target)
      if (typeof value !== 'function') return value
      if (property !== 'query') return value.bind(target) as unknown
      return (...args: unknown[]) => {
        const [query] = args
        const text = typeof query === 'object' && query !== null && 'text' in query ? query.text : query
        if (typeof text === 'string' && boundaries.has(text)) return Promise.resolve(nothing)
        return inTurn(() => Reflect.apply(value, target, args) as Promise<unknown>)
      }
    },
  })
}
