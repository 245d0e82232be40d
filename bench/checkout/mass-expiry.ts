// Ten thousand holds that end at one moment: how long until the goods of all are free, by the sweeps of two processes.
// `node bench/checkout/mass-expiry.ts [holds]`; the last line is one JSON object.
import { setTimeout as wait } from 'node:timers/promises'
import { inQueues, openOrders } from './open-orders.ts'

const holds = Number(process.argv[2] ?? 10_000)
const skus = 50

const orders = await openOrders()
try {
  const variants = await Promise.all(Array.from({ length: skus }, () => orders.sell({ 'PAR-DC': holds })))
  await inQueues(
    32,
    Array.from({ length: holds }, (_, turn) => turn),
    async (turn) => {
      const kind = await orders.hold(variants[turn % skus] ?? '')
      if (kind !== 'PlaceOrderSuccess') throw new Error(kind)
    },
  )
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
