import type { Tx } from '../data/tx.ts'

export interface Violation {
  /** Which of the rules. */
  rule: string
  /** The level (`variant/warehouse`) or the order's number. */
  subject: string
}

/** How long after the end of a hold the sweep must have come by. */
const graceMs = 60_000

// Each query names the subjects that break one rule. All run in one statement, so they see one moment of the database.
const rules: Record<string, string> = {
  'more is promised than there is': `
    SELECT variant_id || '/' || warehouse_id FROM stock_levels
     WHERE on_hand - reserved - committed < 0 OR reserved < 0 OR committed < 0`,
  'the counters are the sums of the reservations': `
    SELECT l.variant_id || '/' || l.warehouse_id
      FROM stock_levels l FULL JOIN (
        SELECT variant_id, warehouse_id,
               coalesce(sum(quantity) FILTER (WHERE state = 'HELD'), 0) AS held,
               coalesce(sum(quantity) FILTER (WHERE state = 'COMMITTED'), 0) AS committed
          FROM stock_reservations GROUP BY 1, 2) r USING (variant_id, warehouse_id)
     WHERE coalesce(l.reserved, 0) <> coalesce(r.held, 0) OR coalesce(l.committed, 0) <> coalesce(r.committed, 0)`,
  'what is on hand is the sum of the movements': `
    SELECT l.variant_id || '/' || l.warehouse_id
      FROM stock_levels l FULL JOIN (
        SELECT variant_id, warehouse_id, sum(quantity) AS moved FROM stock_movements GROUP BY 1, 2) m
     USING (variant_id, warehouse_id)
     WHERE coalesce(l.on_hand, 0) <> coalesce(m.moved, 0)`,
  'what is on its way is what transfers say': `
    SELECT l.variant_id || '/' || l.warehouse_id
      FROM stock_levels l FULL JOIN (
        SELECT n.variant_id, t.to_warehouse_id AS warehouse_id, sum(n.sent) AS sent
          FROM stock_transfers t JOIN stock_transfer_lines n ON n.transfer_id = t.id
         WHERE t.state = 'SENT' GROUP BY 1, 2) t USING (variant_id, warehouse_id)
     WHERE coalesce(l.incoming, 0) <> coalesce(t.sent, 0)`,
  'a transfer is short exactly where pieces are missing': `
    SELECT t.id::text
      FROM stock_transfers t
      JOIN (SELECT transfer_id, count(*) FILTER (WHERE received IS NULL) AS open, sum(sent - received) AS missing
              FROM stock_transfer_lines GROUP BY 1) n ON n.transfer_id = t.id
     WHERE (t.state = 'RECEIVED') <> (n.open = 0) OR t.is_short <> (coalesce(n.missing, 0) > 0)`,
  'numbered pieces are what the counters say': `
    SELECT l.variant_id || '/' || l.warehouse_id
      FROM sellables x
      JOIN stock_levels l USING (variant_id)
      LEFT JOIN (
        SELECT variant_id, warehouse_id,
               count(*) FILTER (WHERE state = 'AVAILABLE') AS available,
               count(*) FILTER (WHERE state = 'RESERVED') AS reserved,
               count(*) FILTER (WHERE state = 'COMMITTED') AS committed
          FROM stock_units GROUP BY 1, 2) u USING (variant_id, warehouse_id)
     WHERE x.is_serialized
       AND (coalesce(u.available, 0) <> l.on_hand - l.reserved - l.committed
            OR coalesce(u.reserved, 0) <> l.reserved OR coalesce(u.committed, 0) <> l.committed)`,
  'a numbered piece is where its reservation says': `
    SELECT u.serial
      FROM stock_units u JOIN stock_reservations r ON r.id = u.reservation_id
     WHERE u.line_id <> r.line_id OR u.variant_id <> r.variant_id OR u.warehouse_id <> r.warehouse_id
        OR u.state::text <> CASE r.state WHEN 'HELD' THEN 'RESERVED' WHEN 'COMMITTED' THEN 'COMMITTED'
                                         WHEN 'FULFILLED' THEN 'SOLD' ELSE '' END`,
  'every order has exactly the goods its status says': `
    SELECT o.number
      FROM orders o
      JOIN (SELECT order_id, sum(quantity) AS wanted FROM order_lines GROUP BY 1) l ON l.order_id = o.id
      LEFT JOIN (
        SELECT order_id,
               coalesce(sum(quantity) FILTER (WHERE state = 'HELD'), 0) AS held,
               coalesce(sum(quantity) FILTER (WHERE state = 'COMMITTED'), 0) AS committed,
               coalesce(sum(quantity) FILTER (WHERE state = 'FULFILLED'), 0) AS fulfilled
          FROM stock_reservations GROUP BY 1) r ON r.order_id = o.id
     WHERE coalesce(r.held, 0) <> CASE WHEN o.status = 'UNCONFIRMED' THEN l.wanted ELSE 0 END
        OR coalesce(r.committed, 0) + coalesce(r.fulfilled, 0)
           <> CASE WHEN o.status IN ('UNCONFIRMED', 'EXPIRED', 'CANCELED') THEN 0 ELSE l.wanted END
        OR (o.status = 'FULFILLED' AND r.committed <> 0)
        OR (o.status = 'UNFULFILLED' AND r.fulfilled <> 0)`,
  'an order is the sum of its lines': `
    SELECT o.number
      FROM orders o LEFT JOIN (
        SELECT order_id, sum(total_minor) AS total, sum(tax_minor) AS tax FROM order_lines GROUP BY 1) l
        ON l.order_id = o.id
     WHERE l.total IS DISTINCT FROM o.subtotal_minor OR l.tax + o.shipping_tax_minor IS DISTINCT FROM o.tax_minor`,
  'a discount is explained to the last unit': `
    SELECT o.number
      FROM orders o
      LEFT JOIN (SELECT order_id, sum(amount_minor) AS told FROM order_discounts GROUP BY 1) d ON d.order_id = o.id
     WHERE coalesce(d.told, 0) <> o.discount_minor
    UNION ALL
    SELECT l.id::text
      FROM order_lines l
      LEFT JOIN (SELECT line_id, sum(amount_minor) AS told FROM order_discounts GROUP BY 1) d ON d.line_id = l.id
     WHERE coalesce(d.told, 0) <> l.discount_minor`,
  'a voucher is used as often as orders use it': `
    SELECT v.code
      FROM vouchers v
      LEFT JOIN (SELECT voucher_id, count(*) AS uses FROM voucher_redemptions
                  WHERE state IN ('HELD', 'CONSUMED') GROUP BY 1) r ON r.voucher_id = v.id
     WHERE coalesce(r.uses, 0) <> v.used
    UNION ALL
    SELECT u.voucher_id || '/' || u.customer_ref
      FROM voucher_uses u
      LEFT JOIN (SELECT voucher_id, customer_ref, count(*) AS uses FROM voucher_redemptions
                  WHERE state IN ('HELD', 'CONSUMED') GROUP BY 1, 2) r USING (voucher_id, customer_ref)
     WHERE coalesce(r.uses, 0) <> u.used`,
  'a voucher is held exactly while its order is unpaid': `
    SELECT o.number FROM voucher_redemptions r JOIN orders o ON o.id = r.order_id
     WHERE (r.state = 'HELD') <> (o.status = 'UNCONFIRMED')`,
  'a hold ends when it is due': `
    SELECT number FROM orders WHERE status = 'UNCONFIRMED' AND expires_at < $1::timestamptz`,
  'money for an order that ended is asked to go back': `
    SELECT DISTINCT o.number
      FROM orders o JOIN order_charges c ON c.order_id = o.id
     WHERE o.status IN ('EXPIRED', 'CANCELED') AND c.charged_minor > c.refunded_minor AND c.rejected_at IS NULL`,
  'goods are promised only for money that is there or allowed': `
    SELECT o.number
      FROM orders o LEFT JOIN (
        SELECT order_id, currency, sum(charged_minor + authorized_minor) AS covered FROM order_charges GROUP BY 1, 2) c
        ON c.order_id = o.id AND c.currency = o.currency
     WHERE o.status NOT IN ('UNCONFIRMED', 'EXPIRED', 'CANCELED')
       AND greatest(coalesce(c.covered, 0), o.tendered_minor) < o.total_minor`,
  'an order is returned as far as its returns say': `
    SELECT o.number
      FROM orders o
      JOIN (SELECT order_id, sum(quantity) AS wanted FROM order_lines GROUP BY 1) l ON l.order_id = o.id
      LEFT JOIN (
        SELECT t.order_id, sum(rl.quantity) AS back FROM returns t JOIN return_lines rl ON rl.return_id = t.id
         WHERE t.status IN ('RECEIVED', 'REFUNDED') GROUP BY 1) b ON b.order_id = o.id
     WHERE CASE WHEN coalesce(b.back, 0) = 0 THEN o.status IN ('PARTIALLY_RETURNED', 'RETURNED')
                WHEN b.back < l.wanted THEN o.status <> 'PARTIALLY_RETURNED'
                ELSE o.status <> 'RETURNED' END`,
  'a till keeps exactly what was due': `
    SELECT o.number
      FROM orders o LEFT JOIN (SELECT order_id, sum(amount_minor) AS kept FROM order_tenders GROUP BY 1) t
        ON t.order_id = o.id
     WHERE o.channel = 'POS' AND (coalesce(t.kept, 0) <> o.total_minor OR o.tendered_minor <> o.total_minor)`,
}

/** What must always hold in this database, and does not: empty when all is well. At most 100 subjects per rule. */
export async function checkInvariants(tx: Tx, now: Date): Promise<Violation[]> {
  const names = Object.keys(rules)
  const parts = names.map(
    (name, index) =>
      `(SELECT ${String(index)} AS rule, subject FROM (${rules[name] ?? ''}) AS broken (subject) LIMIT 100)`,
  )
  const rows = await tx.$queryRawUnsafe<{ rule: number; subject: string }[]>(
    parts.join(' UNION ALL '),
    new Date(now.getTime() - graceMs),
  )
  return rows.map((row) => ({ rule: names[row.rule] ?? '', subject: row.subject }))
}
