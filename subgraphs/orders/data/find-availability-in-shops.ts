import type { Tx } from './tx.ts'

export interface AvailableInShop {
  shopId: string
  available: number
}

/** Lists end here. */
const mostShops = 100

/**
 * Pieces that can be collected of each (variant, market) in every boutique of the market that keeps goods, by its code; in
 * the order asked, one statement. Of a boutique's back rooms only the one it sells from counts (`shop-room.ts`).
 */
export async function findAvailabilityInShops(
  tx: Pick<Tx, '$queryRaw'>,
  asked: readonly { variantId: string; marketId: string }[],
): Promise<AvailableInShop[][]> {
  const rows = await tx.$queryRaw<{ position: bigint; shop_id: string; available: number }[]>`
    SELECT asked.position, r.shop_id,
           coalesce(greatest(l.on_hand - l.reserved - l.committed - l.safety, 0), 0)::int AS available
      FROM unnest(${asked.map((pair) => pair.variantId)}::uuid[], ${asked.map((pair) => pair.marketId)}::text[])
           WITH ORDINALITY AS asked (variant_id, market_id, position)
     CROSS JOIN LATERAL (
       SELECT DISTINCT ON (s.code) s.code, s.id AS shop_id, w.id AS warehouse_id
         FROM shops s JOIN warehouses w ON w.shop_id = s.id
        WHERE s.market_id = asked.market_id
        ORDER BY s.code, w.priority, w.id
        LIMIT ${mostShops}) r
      LEFT JOIN stock_levels l ON l.variant_id = asked.variant_id AND l.warehouse_id = r.warehouse_id
     ORDER BY asked.position, r.code`
  const groups = Map.groupBy(rows, (row) => Number(row.position))
  return asked.map((_, index) =>
    (groups.get(index + 1) ?? []).map((row) => ({ shopId: row.shop_id, available: row.available })),
  )
}
