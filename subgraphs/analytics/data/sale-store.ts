// Facts and their sums. Whoever changes the fact of an order holds the order's lock, so that the sums, which only ever
// move by differences, are always those of the facts.
import { dayOf } from '../domain/day.ts'
import type { Sale } from '../domain/sale.ts'
import type { Tx } from './analytics-database.ts'

/** Locks these orders until the end of the transaction, in one order for everybody: no two can wait for each other. */
export async function lockOrders(tx: Tx, orderIds: readonly string[]): Promise<void> {
  for (const orderId of [...new Set(orderIds)].sort()) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${orderId}, 72707370))`
  }
}

/** Which event the fact of an order was made from; null when there is no fact. */
export function findSaleOrigin(tx: Tx, orderId: string): Promise<Pick<Sale, 'eventId' | 'soldAt'> | null> {
  return tx.factOrder.findUnique({ where: { orderId }, select: { eventId: true, soldAt: true } })
}

/** Adds a sale to facts and sums. */
export async function insertSale(tx: Tx, sale: Sale): Promise<void> {
  const { lines, ...order } = sale
  const day = new Date(dayOf(sale.soldAt))
  const { soldAt, orderId, market, currency } = sale
  await tx.factOrder.create({ data: { ...order, day } })
  await tx.factOrderLine.createMany({
    data: lines.map((line) => ({ ...line, orderId, soldAt, day, market, currency })),
  })
  const { units, grossMinor, taxMinor, shippingMinor, totalMinor } = sale
  await tx.$executeRaw`
    INSERT INTO daily_sales AS sums
      (day, market, channel, currency, orders, units, gross_minor, tax_minor, shipping_minor, total_minor)
    VALUES (${day}, ${market}, ${sale.channel}, ${currency}, 1, ${units}, ${grossMinor}, ${taxMinor}, ${shippingMinor}, ${totalMinor})
    ON CONFLICT (day, market, channel, currency) DO UPDATE SET
      orders = sums.orders + 1,
      units = sums.units + excluded.units,
      gross_minor = sums.gross_minor + excluded.gross_minor,
      tax_minor = sums.tax_minor + excluded.tax_minor,
      shipping_minor = sums.shipping_minor + excluded.shipping_minor,
      total_minor = sums.total_minor + excluded.total_minor`
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
