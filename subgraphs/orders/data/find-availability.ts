import type { Tx } from './tx.ts'

/** Pieces that can be bought online of each (variant, market), 0 where there is no stock; in the order asked, one statement. */
export async function findAvailability(
  tx: Pick<Tx, '$queryRaw'>,
  asked: readonly { variantId: string; marketId: string }[],
): Promise<number[]> {
  const rows = await tx.$queryRaw<{ available: number }[]>`
    SELECT coalesce(sum(greatest(l.on_hand - l.reserved - l.committed - l.safety, 0)), 0)::int AS available
      FROM unnest(${asked.map((pair) => pair.variantId)}::uuid[], ${asked.map((pair) => pair.marketId)}::text[])
           WITH ORDINALITY AS asked (variant_id, market_id, position)
      LEFT JOIN (stock_levels l JOIN warehouses w ON w.id = l.warehouse_id)
        ON l.variant_id = asked.variant_id AND asked.market_id = ANY (w.markets)
     GROUP BY asked.position
     ORDER BY asked.position`
  return rows.map((row) => row.available)
}
