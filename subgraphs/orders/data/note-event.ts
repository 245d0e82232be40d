import { insertRows } from '#platform/database/rows.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import type { Tx } from './tx.ts'

export interface TimelineNote {
  orderId: string
  at: Date
  /** Dotted key, such as `order.confirmed`. */
  type: string
  /** A sentence in English. */
  message: string
  actor: 'customer' | 'staff' | 'system'
}

/** Writes on the timelines of orders. */
export async function noteEvents(tx: Tx, notes: readonly TimelineNote[]): Promise<void> {
  await insertRows(tx, [{ table: 'order_events', rows: notes.map((note) => ({ id: uuidv7(), ...note })) }])
}
