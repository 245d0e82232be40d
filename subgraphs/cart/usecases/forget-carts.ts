import type { Tx } from '../data/cart-database.ts'

/** Removes some carts whose time is over; returns how many. One that is being changed is passed over: it was just touched. */
export async function forgetCarts(tx: Tx, now: Date, batch = 500): Promise<number> {
  return await tx.$executeRaw`
    DELETE FROM carts WHERE id IN (
      SELECT id FROM carts WHERE expires_at <= ${now} ORDER BY expires_at LIMIT ${batch} FOR UPDATE SKIP LOCKED)`
}
