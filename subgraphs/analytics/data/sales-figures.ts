import type { Period } from '../domain/day.ts'
import type { ChannelDay } from '../domain/sales-report.ts'
import type { Reader } from './analytics-database.ts'

export interface SalesScope {
  period: Period
  /** Null: every market. */
  market: string | null
}

/** Currencies with sales, most orders first. */
export async function findCurrencies(reader: Reader, { period, market }: SalesScope): Promise<string[]> {
  const rows = await reader.$queryRaw<{ currency: string }[]>`
    SELECT currency FROM daily_sales
    WHERE day BETWEEN ${period.from}::date AND ${period.to}::date
      AND (${market}::text IS NULL OR market = ${market}) AND orders > 0
    GROUP BY currency ORDER BY sum(orders) DESC, currency`
  return rows.map(({ currency }) => currency)
}

/** Sums by day and channel of the sales in one currency. */
export async function findChannelDays(
  reader: Reader,
  { period, market, currency }: SalesScope & { currency: string },
): Promise<ChannelDay[]> {
  // As text: the sum of bigints is a numeric, which the driver would make a double of.
  const rows = await reader.$queryRaw<Record<keyof ChannelDay, string>[]>`
    SELECT day::text, channel, sum(orders)::text AS orders, sum(units)::text AS units,
      sum(gross_minor)::text AS "grossMinor", sum(tax_minor)::text AS "taxMinor",
      sum(shipping_minor)::text AS "shippingMinor", sum(total_minor)::text AS "totalMinor"
    FROM daily_sales
    WHERE day BETWEEN ${period.from}::date AND ${period.to}::date
      AND (${market}::text IS NULL OR market = ${market}) AND currency = ${currency} AND orders > 0
    GROUP BY day, channel`
  return rows.map((row) => ({
    day: row.day,
    channel: row.channel,
    orders: Number(row.orders),
    units: Number(row.units),
    grossMinor: BigInt(row.grossMinor),
    taxMinor: BigInt(row.taxMinor),
    shippingMinor: BigInt(row.shippingMinor),
    totalMinor: BigInt(row.totalMinor),
  }))
}

export interface ProductSales {
  productId: string
  /** As the newest of these sales called it. */
  name: string
  units: number
  grossMinor: bigint
  /** What all products brought in the same scope. */
  allGrossMinor: bigint
}

/** The products that brought most in one currency; the smaller id first where two brought the same. */
export async function findTopProducts(
  reader: Reader,
  { period, market, currency, limit }: SalesScope & { currency: string; limit: number },
): Promise<ProductSales[]> {
  const rows = await reader.$queryRaw<Record<keyof ProductSales, string>[]>`
    SELECT product_id::text AS "productId", (array_agg(name ORDER BY sold_at DESC, line_id))[1] AS name,
      sum(quantity)::text AS units, sum(gross_minor)::text AS "grossMinor",
      (sum(sum(gross_minor)) OVER ())::text AS "allGrossMinor"
    FROM fact_order_lines
    WHERE day BETWEEN ${period.from}::date AND ${period.to}::date
      AND (${market}::text IS NULL OR market = ${market}) AND currency = ${currency}
    GROUP BY product_id ORDER BY sum(gross_minor) DESC, product_id LIMIT ${limit}`
  return rows.map((row) => ({
    productId: row.productId,
    name: row.name,
    units: Number(row.units),
    grossMinor: BigInt(row.grossMinor),
    allGrossMinor: BigInt(row.allGrossMinor),
  }))
}
