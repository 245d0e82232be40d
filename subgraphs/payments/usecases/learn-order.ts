import { type KnownOrder, notePayableOrder } from '../data/payable-orders.ts'
import type { Tx } from '../data/tx.ts'

/** An order was placed: payments keeps what it needs to take money for it and to say whose it is. */
export async function learnOrder(tx: Tx, order: KnownOrder): Promise<void> {
  await notePayableOrder(tx, order)
}
