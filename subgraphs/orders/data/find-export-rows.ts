import type { ChargeStatus, OrderChannel, OrderStatus } from './generated/client.ts'
import type { Tx } from './tx.ts'

export interface ExportRow {
  id: string
  number: string
  market: string
  channel: OrderChannel
  status: OrderStatus
  chargeStatus: ChargeStatus
  placedAt: Date
  currency: string
  pieces: number
  subtotalMinor: bigint
  shippingMinor: bigint
  discountMinor: bigint
  taxMinor: bigint
  totalMinor: bigint
  paidMinor: bigint
  refundedMinor: bigint
}

export interface ExportWindow {
  from: Date
  /** Not included. */
  to: Date
  marketId: string | null
}

export interface ExportPage extends ExportWindow {
  limit: number
  /** The order before the page. */
  after: { placedAt: Date; id: string } | null
}

/** Orders as figures, the oldest first, and one more than the limit when more follow. One statement for a page of any size. */
export async function findExportRows(tx: Pick<Tx, '$queryRaw'>, page: ExportPage): Promise<ExportRow[]> {
  return await tx.$queryRaw<ExportRow[]>`
    SELECT o.id, o.number, o.market_id AS market, o.channel, o.status, o.charge_status AS "chargeStatus",
           o.placed_at AS "placedAt", o.currency, lines.pieces, o.subtotal_minor AS "subtotalMinor",
           o.shipping_minor AS "shippingMinor", o.discount_minor AS "discountMinor", o.tax_minor AS "taxMinor", o.total_minor AS "totalMinor",
           greatest(money.charged, o.tendered_minor) - money.refunded AS "paidMinor", money.refunded AS "refundedMinor"
      FROM (
        SELECT * FROM orders
         WHERE placed_at >= ${page.from} AND placed_at < ${page.to}
           AND (${page.marketId}::text IS NULL OR market_id = ${page.marketId}::text)
           AND (${page.after?.id ?? null}::uuid IS NULL
                OR (placed_at, id) > (${page.after?.placedAt ?? page.from}::timestamptz, ${page.after?.id ?? null}::uuid))
         ORDER BY placed_at, id LIMIT ${page.limit + 1}::int) o
     CROSS JOIN LATERAL (SELECT sum(quantity)::int AS pieces FROM order_lines WHERE order_id = o.id) lines
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(charged_minor), 0)::bigint AS charged, coalesce(sum(refunded_minor), 0)::bigint AS refunded
         FROM order_charges WHERE order_id = o.id AND currency = o.currency) money
     ORDER BY o.placed_at, o.id`
}
