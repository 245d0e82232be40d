import type { Tx } from './tx.ts'

/** Numbers of a market begin behind this, so that the first customer is not number one. */
const first = 100_000n

/**
 * The next number of a market, such as `FR-100042`. The market's row stays locked until the commit, so that no number is
 * left out: call it as late as possible, after the goods.
 */
export async function nextOrderNumber(tx: Tx, marketId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ last: bigint }[]>`
    INSERT INTO order_numbers AS n (market_id, last) VALUES (${marketId}, ${first + 1n})
    ON CONFLICT (market_id) DO UPDATE SET last = n.last + 1
    RETURNING last`
  if (!row) throw new Error('No order number')
  return `${marketId}-${row.last.toString()}`
}
