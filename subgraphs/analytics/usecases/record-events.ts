import type { Envelope } from '#platform/events/envelope.ts'
import type { Tx } from '../data/analytics-database.ts'
import { insertLogEntries } from '../data/event-log-store.ts'
import { deleteSale, findSaleOrigins, insertSales, lockOrders } from '../data/sale-store.ts'
import { isEarlier, type Sale } from '../domain/sale.ts'
import { toSale } from './to-sale.ts'

/**
 * Writes events into the log and those that tell of sales into the figures, in one transaction: the figures can always be
 * made again from the log. Any order of events, and any event twice, gives the same.
 */
export async function recordEvents(tx: Tx, events: readonly Envelope[]): Promise<void> {
  await insertLogEntries(tx, events)
  const sales = new Map<string, Sale>()
  for (const event of events) {
    const sale = toSale({ ...event, occurredAt: new Date(event.occurredAt) })
    const other = sale && sales.get(sale.orderId)
    if (sale && (!other || isEarlier(sale, other))) sales.set(sale.orderId, sale)
  }
  if (sales.size === 0) return
  await lockOrders(tx, [...sales.keys()])
  for (const known of await findSaleOrigins(tx, [...sales.keys()])) {
    const sale = sales.get(known.orderId)
    if (sale && isEarlier(sale, known)) await deleteSale(tx, known.orderId)
    else sales.delete(known.orderId)
  }
  await insertSales(tx, [...sales.values()])
}
