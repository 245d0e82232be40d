// Facts and their sums. Whoever changes the fact of an order holds the order's lock, so that the sums, which only ever
// move by differences, are always those of the facts.
import { dayOf } from '../domain/day.ts'
import type { Sale } from '../domain/sale.ts'
import type { Tx } from './analytics-database.ts'

/** Locks these orders until the end of the transaction, in one order for everybody: no two can wait for each other. */
export async function lockOrders(tx: Tx, orderIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(id, 72707370))
      FROM unnest(${[...new Set(orderIds)].sort()}::text[]) WITH ORDINALITY AS o (id, place) ORDER BY place`
}

/** Which events the facts of these orders were made from; orders without a fact are left out. */
export function findSaleOrigins(
  tx: Tx,
  orderIds: readonly string[],
): Promise<Pick<Sale, 'orderId' | 'eventId' | 'soldAt'>[]> {
  return tx.$queryRaw`
    SELECT order_id AS "orderId", event_id AS "eventId", sold_at AS "soldAt"
      FROM fact_orders WHERE order_id = ANY (${[...orderIds]}::uuid[])`
}

/** Adds sales, each of another order, to facts and sums. */
export async function insertSales(tx: Tx, sales: readonly Sale[]): Promise<void> {
  if (sales.length === 0) return
  const rows = sales.map(({ lines: _, ...sale }) => toJsonRow({ ...sale, day: dayOf(sale.soldAt) }))
  const lines = sales.flatMap((sale) =>
    sale.lines.map((line) => toJsonRow({ ...line, orderId: sale.orderId })),
  )
  await tx.$executeRaw`
    WITH sale AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s (
        "orderId" uuid, "eventId" uuid, number text, "soldAt" timestamptz, day date, market text, channel text, shop text,
        currency text, units int, "grossMinor" bigint, "taxMinor" bigint, "shippingMinor" bigint, "totalMinor" bigint)
    ), facts AS (
      INSERT INTO fact_orders (order_id, event_id, number, sold_at, day, market, channel, shop, currency, units,
                               gross_minor, tax_minor, shipping_minor, total_minor)
      SELECT "orderId", "eventId", number, "soldAt", day, market, channel, shop, currency, units,
             "grossMinor", "taxMinor", "shippingMinor", "totalMinor" FROM sale
    ), lines AS (
      INSERT INTO fact_order_lines (line_id, order_id, sold_at, day, market, currency, product_id, variant_id, sku, name,
                                    category, quantity, gross_minor, tax_minor)
      SELECT l."lineId", l."orderId", "soldAt", day, market, currency, l."productId", l."variantId", l.sku, l.name,
             l.category, l.quantity, l."grossMinor", l."taxMinor"
        FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l (
               "lineId" uuid, "orderId" uuid, "productId" uuid, "variantId" uuid, sku text, name text, category text,
               quantity int, "grossMinor" bigint, "taxMinor" bigint)
        JOIN sale USING ("orderId")
    )
    INSERT INTO daily_sales AS sums
      (day, market, channel, currency, orders, units, gross_minor, tax_minor, shipping_minor, total_minor)
    SELECT day, market, channel, currency, count(*), sum(units), sum("grossMinor"), sum("taxMinor"),
           sum("shippingMinor"), sum("totalMinor")
      FROM sale GROUP BY day, market, channel, currency ORDER BY day, market, channel, currency
    ON CONFLICT (day, market, channel, currency) DO UPDATE SET
      orders = sums.orders + excluded.orders,
      units = sums.units + excluded.units,
      gross_minor = sums.gross_minor + excluded.gross_minor,
      tax_minor = sums.tax_minor + excluded.tax_minor,
      shipping_minor = sums.shipping_minor + excluded.shipping_minor,
      total_minor = sums.total_minor + excluded.total_minor`
}

/** JSON has no bigint; PostgreSQL reads one from its digits. */
function toJsonRow(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? value.toString() : value]),
  )
}

/** Takes a sale out of facts and sums. */
export async function deleteSale(tx: Tx, orderId: string): Promise<void> {
  await tx.$executeRaw`
    WITH gone AS (DELETE FROM fact_orders WHERE order_id = ${orderId}::uuid RETURNING *)
    UPDATE daily_sales AS sums SET
      orders = sums.orders - 1,
      units = sums.units - gone.units,
      gross_minor = sums.gross_minor - gone.gross_minor,
      tax_minor = sums.tax_minor - gone.tax_minor,
      shipping_minor = sums.shipping_minor - gone.shipping_minor,
      total_minor = sums.total_minor - gone.total_minor
    FROM gone
    WHERE sums.day = gone.day AND sums.market = gone.market AND sums.channel = gone.channel
      AND sums.currency = gone.currency`
}

/** Makes all sums anew from the facts. Consumers wait meanwhile; what they add comes on top. */
export async function resumSales(tx: Tx): Promise<void> {
  await tx.$executeRaw`LOCK TABLE daily_sales IN SHARE ROW EXCLUSIVE MODE`
  await tx.$executeRaw`DELETE FROM daily_sales`
  await tx.$executeRaw`
    INSERT INTO daily_sales
      (day, market, channel, currency, orders, units, gross_minor, tax_minor, shipping_minor, total_minor)
    SELECT day, market, channel, currency, count(*), sum(units), sum(gross_minor), sum(tax_minor),
      sum(shipping_minor), sum(total_minor)
    FROM fact_orders GROUP BY day, market, channel, currency`
}
