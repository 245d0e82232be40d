import type { StockNotices, StockPicture } from '../domain/stock-notices.ts'
import type { Tx } from './tx.ts'

export interface VariantPicture extends Omit<StockPicture, 'marked'> {
  variantId: string
  sku: string
  marked: { warehouseId: string; warehouseCode: string; free: number; lowAt: number }[]
  /** What was told before; null when nothing was. */
  before: StockNotices | null
}

/** What there is of each variant, over all markets that warehouses send to, and what was told of it. One statement. */
export async function findStockPictures(tx: Tx, variantIds: readonly string[]): Promise<VariantPicture[]> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH markets AS (SELECT DISTINCT unnest(markets) AS id FROM warehouses)
    SELECT asked.id AS variant_id, coalesce(x.sku, '') AS sku, n.sold_out_markets, n.low_warehouses,
           (SELECT coalesce(jsonb_object_agg(a.market, a.available), '{}')
              FROM (SELECT m.id AS market,
                           coalesce(sum(greatest(l.on_hand - l.reserved - l.committed - l.safety, 0)), 0)::int AS available
                      FROM markets m
                      LEFT JOIN (stock_levels l JOIN warehouses w ON w.id = l.warehouse_id)
                        ON l.variant_id = asked.id AND m.id = ANY (w.markets)
                     GROUP BY m.id) a) AS markets,
           (SELECT coalesce(jsonb_agg(jsonb_build_object(
                     'warehouseId', l.warehouse_id, 'warehouseCode', w.code,
                     'free', l.on_hand - l.reserved - l.committed, 'lowAt', l.low_at) ORDER BY l.warehouse_id), '[]')
              FROM stock_levels l JOIN warehouses w ON w.id = l.warehouse_id
             WHERE l.variant_id = asked.id AND l.low_at > 0) AS marked
      FROM unnest(${variantIds}::uuid[]) WITH ORDINALITY AS asked (id, position)
      LEFT JOIN sellables x ON x.variant_id = asked.id
      LEFT JOIN stock_notices n ON n.variant_id = asked.id
     ORDER BY asked.position`
  return rows.map((row) => ({
    variantId: row.variant_id,
    sku: row.sku,
    markets: row.markets,
    marked: row.marked,
    before:
      row.sold_out_markets && row.low_warehouses
        ? { soldOutMarkets: row.sold_out_markets, lowWarehouses: row.low_warehouses }
        : null,
  }))
}

interface Row {
  variant_id: string
  sku: string
  sold_out_markets: string[] | null
  low_warehouses: string[] | null
  markets: Record<string, number>
  marked: VariantPicture['marked']
}

/** Remembers what was told. One statement. */
export async function saveStockNotices(
  tx: Tx,
  notices: readonly (StockNotices & { variantId: string })[],
): Promise<void> {
  const rows = notices.map((notice) => ({
    variant_id: notice.variantId,
    sold_out_markets: notice.soldOutMarkets,
    low_warehouses: notice.lowWarehouses,
  }))
  await tx.$executeRaw`
    INSERT INTO stock_notices (variant_id, sold_out_markets, low_warehouses)
    SELECT variant_id, sold_out_markets, low_warehouses
      FROM jsonb_populate_recordset(NULL::stock_notices, ${JSON.stringify(rows)}::jsonb)
    ON CONFLICT (variant_id) DO UPDATE
       SET sold_out_markets = excluded.sold_out_markets, low_warehouses = excluded.low_warehouses`
}
