// Ten thousand holds that end at one moment: how long until the goods of all are free, by the sweeps of two processes.
// `node bench/checkout/mass-expiry.ts [holds]`; the last line is one JSON object.
import { setTimeout as wait } from 'node:timers/promises'
import { openOrders } from './open-orders.ts'

const holds = Number(process.argv[2] ?? 10_000)
const skus = 50

const orders = await openOrders()

/** Copies each hold so often, with its line, its reservation and its piece: placing them one by one is not what is measured. */
async function multiply(times: number): Promise<void> {
  const client = await orders.pool.connect()
  await client.query(
    `CREATE TEMP TABLE copies AS
     SELECT o.id AS source, gen_random_uuid() AS id, gen_random_uuid() AS line, s.turn
       FROM orders o CROSS JOIN generate_series(1, ${String(times)}) AS s (turn)`,
  )
  await client.query(
    `INSERT INTO orders
     SELECT (jsonb_populate_record(o, jsonb_build_object('id', c.id, 'number', o.number || '-' || c.turn, 'idempotency_key', c.id))).*
       FROM copies c JOIN orders o ON o.id = c.source`,
  )
  await client.query(
    `INSERT INTO order_lines
     SELECT (jsonb_populate_record(l, jsonb_build_object('id', c.line, 'order_id', c.id))).*
       FROM copies c JOIN order_lines l ON l.order_id = c.source`,
  )
  await client.query(
    `INSERT INTO stock_reservations
     SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'order_id', c.id, 'line_id', c.line))).*
       FROM copies c JOIN stock_reservations r ON r.order_id = c.source`,
  )
  await client.query(
    `UPDATE stock_levels SET reserved = reserved * (1 + ${String(times)}) WHERE reserved > 0`,
  )
  await client.query('DROP TABLE copies')
  client.release()
}

try {
  for (let sku = 0; sku < skus; sku++) {
    const kind = await orders.hold(await orders.sell({ 'PAR-DC': holds }))
    if (kind !== 'PlaceOrderSuccess') throw new Error(kind)
  }
  await multiply(holds / skus - 1)
  const startedAt = performance.now()
  await orders.pool.query(`UPDATE orders SET expires_at = now() WHERE status = 'UNCONFIRMED'`)
  const left = async (): Promise<number> => {
    const { rows } = await orders.pool.query<{ left: number }>(
      `SELECT count(*)::int AS left FROM orders WHERE status = 'UNCONFIRMED'`,
    )
    return rows[0]?.left ?? 0
  }
  while ((await left()) > 0) await wait(100)
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10
  console.log(JSON.stringify({ holds, secondsUntilFree: seconds, violations: await orders.violations() }))
} finally {
  await orders.close()
}
process.exit()
