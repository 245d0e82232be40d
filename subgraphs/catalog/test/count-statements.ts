import type { TestCatalog } from './catalog-fixture.ts'

/** What this process sends to the database from now on, without the outbox's own sweeps. */
export function countStatements({ pool }: TestCatalog['database']): string[] {
  const sent: string[] = []
  const query = pool.query.bind(pool) as (...args: unknown[]) => unknown
  Object.assign(pool, {
    query: (...args: unknown[]) => {
      const [first] = args
      const text = typeof first === 'string' ? first : (first as { text: string }).text
      if (!text.includes('outbox')) sent.push(text)
      return query(...args)
    },
  })
  return sent
}
