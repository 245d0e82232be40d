import type { AnalyticsDatabase, Tx } from '../data/analytics-database.ts'
import { deleteSale, insertSales, lockOrders, resumSales } from '../data/sale-store.ts'
import { isEarlier, type Sale } from '../domain/sale.ts'
import { saleTypes, toSale } from './to-sale.ts'

/** Orders per transaction: a fraction of a second, so that neither readers nor consumers notice. */
const batchSize = 100

/**
 * Makes all figures again from the event log, while the house goes on. Each batch of orders is one transaction that
 * holds their locks, so events told meanwhile are neither lost nor counted twice. Resolves to how many sales there are.
 */
export async function rebuildFacts(database: AnalyticsDatabase): Promise<number> {
  let count = 0
  for (let after = ''; ;) {
    const orderIds = await findSoldOrders(database, after)
    const last = orderIds.at(-1)
    if (last === undefined) break
    await database.transact((tx) => rebuildOrders(tx, orderIds))
    count += orderIds.length
    after = last
  }
  await database.transact(async (tx) => {
    // Facts without an event behind them: nothing writes such, so this finds only what somebody did by hand.
    await tx.$executeRaw`
      DELETE FROM fact_orders WHERE NOT EXISTS (
        SELECT FROM event_log WHERE aggregate_id = order_id::text AND type = ANY(${saleTypes}))`
    await resumSales(tx)
  })
  return count
}

async function findSoldOrders({ prisma }: AnalyticsDatabase, after: string): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ aggregateId: string }[]>`
    SELECT DISTINCT aggregate_id AS "aggregateId" FROM event_log
    WHERE type = ANY(${saleTypes}) AND aggregate_id > ${after}
    ORDER BY aggregate_id LIMIT ${batchSize}`
  return rows.map(({ aggregateId }) => aggregateId)
}

async function rebuildOrders(tx: Tx, orderIds: readonly string[]): Promise<void> {
  await lockOrders(tx, orderIds)
  const events = await tx.eventLogEntry.findMany({
    where: { aggregateId: { in: [...orderIds] }, type: { in: [...saleTypes] } },
  })
  const sales = new Map<string, Sale>()
  for (const event of events) {
    const sale = toSale(event)
    if (!sale) continue
    const known = sales.get(sale.orderId)
    if (!known || isEarlier(sale, known)) sales.set(sale.orderId, sale)
  }
  for (const orderId of sales.keys()) await deleteSale(tx, orderId)
  await insertSales(tx, [...sales.values()])
}
