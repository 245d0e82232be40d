import type { Envelope } from '#platform/events/envelope.ts'
import type { Tx } from '../data/analytics-database.ts'
import { insertLogEntry } from '../data/event-log-store.ts'
import { deleteSale, findSaleOrigin, insertSale, lockOrders } from '../data/sale-store.ts'
import { isEarlier } from '../domain/sale.ts'
import { toSale } from './to-sale.ts'

/**
 * Writes an event into the log and, when it tells of a sale, into the figures, in one transaction: the figures can
 * always be made again from the log. Any order of events, and any event twice, gives the same.
 */
export async function recordEvent(tx: Tx, event: Envelope): Promise<void> {
  await insertLogEntry(tx, event)
  const sale = toSale({ ...event, occurredAt: new Date(event.occurredAt) })
  if (!sale) return
  await lockOrders(tx, [sale.orderId])
  const known = await findSaleOrigin(tx, sale.orderId)
  if (known && !isEarlier(sale, known)) return
  if (known) await deleteSale(tx, sale.orderId)
  await insertSale(tx, sale)
}
