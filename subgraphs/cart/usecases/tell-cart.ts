import { cartChanged } from '#contracts/cart.ts'
import { emit } from '#platform/outbox/emit.ts'
import type { Tx } from '../data/cart-database.ts'
import type { CartWithLines } from '../data/cart-with-lines.ts'
import { touchCart } from '../data/touch-cart.ts'
import { expiryFrom } from '../domain/limits.ts'

/** Counts a change, keeps the cart for another while, and tells it. The caller holds the cart's row. */
export async function tellCart(tx: Tx, cartId: string, now: Date): Promise<CartWithLines> {
  const cart = await touchCart(tx, cartId, expiryFrom(now))
  await emit(tx, cartChanged, {
    aggregateId: cart.id,
    market: cart.marketId,
    payload: {
      cartId: cart.id,
      customerRef: cart.userId,
      marketId: cart.marketId,
      lines: cart.lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
    },
  })
  return cart
}
