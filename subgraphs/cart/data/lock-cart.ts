import type { Cart } from './generated/client.ts'
import type { Tx } from './cart-database.ts'

/** The cart's row, locked until the commit, whoever's it is; null when there is none. All changes of a cart queue here. */
export async function lockCart(tx: Tx, id: string): Promise<Cart | null> {
  await tx.$queryRaw`SELECT id FROM carts WHERE id = ${id}::uuid FOR UPDATE`
  return await tx.cart.findUnique({ where: { id } })
}
