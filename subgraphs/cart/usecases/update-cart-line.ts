import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import type { Tx } from '../data/cart-database.ts'
import { lockCart } from '../data/lock-cart.ts'
import { cartNotFound, type CartRefusal } from './cart-refusal.ts'
import { type CartAccess, mayUseCart } from './may-use-cart.ts'
import { tellCart } from './tell-cart.ts'

/** Sets a line's pieces; 0 removes it. Repeating it changes nothing. */
export async function updateCartLine(
  tx: Tx,
  request: { access: CartAccess; lineId: string; quantity: number },
  refuse: Refuse<CartRefusal>,
  now: Date,
): Promise<{ cartId: string }> {
  const { access, lineId, quantity } = request
  const cart = await lockCart(tx, access.id)
  if (!cart || !mayUseCart(cart, access, now)) refuse(cartNotFound)
  const ofLine = { id: lineId, cartId: cart.id }
  const line = await tx.cartLine.findFirst({ where: ofLine })
  if (!line && quantity > 0) {
    refuse({ kind: 'InvalidInputError', message: 'This line is not in the cart any more.', field: 'lineId' })
  }
  if (!line || line.quantity === quantity) return { cartId: cart.id }
  if (quantity === 0) await tx.cartLine.delete({ where: { id: lineId } })
  else await tx.cartLine.update({ where: { id: lineId }, data: { quantity } })
  await tellCart(tx, cart.id, now)
  return { cartId: cart.id }
}
