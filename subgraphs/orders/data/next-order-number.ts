import type { Tx } from './tx.ts'

/** Numbers of a market begin behind this, so that the first customer is not number one. */
const first = 100_001

const sequenceOf = (marketId: string): string => `order_number_${marketId}`

/** Makes the sequence of a market's numbers, once; to be called when the market is learned. */
export async function openOrderNumbers(tx: Tx, marketId: string): Promise<void> {
  const name = sequenceOf(marketId)
  // CREATE … IF NOT EXISTS still fails when two do it at the same moment.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`
  const [quoted] = await tx.$queryRaw<{ name: string }[]>`SELECT quote_ident(${name}) AS name`
  await tx.$executeRawUnsafe(
    `CREATE SEQUENCE IF NOT EXISTS ${quoted?.name ?? ''} START WITH ${String(first)}`,
  )
}

/**
 * The next number of a market, such as `FR-100042`. Numbers rise and never repeat; one of an order that was not placed
 * after all is left out. They may: a counter without gaps is a row locked until the commit, and so one order of a market
 * at a time.
 */
export async function nextOrderNumber(tx: Tx, marketId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ next: bigint }[]>`
    SELECT nextval(quote_ident(${sequenceOf(marketId)})::regclass) AS next`
  if (!row) throw new Error('No order number')
  return `${marketId}-${row.next.toString()}`
}
