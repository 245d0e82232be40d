import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { badInput } from '#platform/errors/errors.ts'
import type { Tx } from '../data/cart-database.ts'
import { lockCart } from '../data/lock-cart.ts'
import { cartNotFound, type CartRefusal } from './cart-refusal.ts'
import { type CartAccess, mayUseCart } from './may-use-cart.ts'
import { tellCart } from './tell-cart.ts'

/** From now on the cart is priced in this market. Throws BAD_USER_INPUT for a market nobody has heard of. */
export async function changeCartMarket(
  tx: Tx,
  request: { access: CartAccess; marketId: string },
  refuse: Refuse<CartRefusal>,
  now: Date,
): Promise<{ cartId: string }> {
  const { access, marketId } = request
  const cart = await lockCart(tx, access.id)
  if (!cart || !mayUseCart(cart, access, now)) refuse(cartNotFound)
  if (cart.marketId === marketId) return { cartId: cart.id }
  const market = await tx.knownMarket.findUnique({ where: { id: marketId } })
  if (!market) throw badInput('There is no such market.', { field: 'market' })
  await tx.cart.update({ where: { id: cart.id }, data: { marketId } })
  await tellCart(tx, cart.id, now)
  return { cartId: cart.id }
}
