import pg from 'pg'

/** The relay's own reading and marking goes on beside whatever is looked at. */
const isOfRelay = (text: string): boolean =>
  /^\s*(UPDATE outbox|WITH unsent|SELECT EXISTS \(SELECT FROM outbox)/.test(text)

/**
 * How many statements this process sends to the database while `work` runs: those of transactions, BEGIN and COMMIT
 * included, what Prisma sends, and what consumers do meanwhile; not the relay's.
 */
export async function countStatements(
  { pool }: { pool: pg.Pool },
  work: () => Promise<unknown>,
): Promise<number> {
  const { pathname } = new URL(String(pool.options.connectionString))
  const prototype = pg.Client.prototype
  const query = Reflect.get(prototype, 'query')
  let count = 0
  prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args
    const text = typeof first === 'string' ? first : (first as { text?: unknown } | null)?.text
    if (typeof text === 'string' && `/${String(this.database)}` === pathname && !isOfRelay(text)) count += 1
    return Reflect.apply(query, this, args) as unknown
  } as typeof prototype.query
  try {
    await work()
    return count
  } finally {
    prototype.query = query
  }
}

/** The fewest that any of these took: a job of the house may come by during one of them. */
export async function countFewest(
  database: { pool: pg.Pool },
  works: readonly (() => Promise<unknown>)[],
): Promise<number> {
  let fewest = Infinity
  for (const work of works) fewest = Math.min(fewest, await countStatements(database, work))
  return fewest
}
