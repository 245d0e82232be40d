import type { House } from './house.ts'

/** Statements on the pool while `work` runs, without the relay's own. */
export async function countStatements(house: House, work: () => Promise<unknown>): Promise<number> {
  const { pool } = house.database
  const query = pool.query
  let count = 0
  pool.query = function (...args: unknown[]) {
    if (!JSON.stringify(args[0]).includes('outbox')) count += 1
    return Reflect.apply(query, pool, args) as unknown
  } as typeof pool.query
  try {
    await work()
    return count
  } finally {
    pool.query = query
  }
}
