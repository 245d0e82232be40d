import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import type { Tx } from '../data/cart-database.ts'
import { lockCart } from '../data/lock-cart.ts'
import { moveLines } from '../data/move-lines.ts'
import { takeOpenCart } from '../data/take-open-cart.ts'
import { cartNotFound, type CartRefusal } from './cart-refusal.ts'
import { type CartAccess, isOfCaller, mayUseCart } from './may-use-cart.ts'
import { tellCart } from './tell-cart.ts'

/**
 * Moves an anonymous cart's lines into the person's own and ends it. Repeating it changes nothing, since the ended cart
 * remembers where its lines went. The person's cart is locked before the anonymous one, always, so that merges never wait
 * for each other in a ring.
 */
export async function mergeCart(
  tx: Tx,
  access: CartAccess & { userId: string },
  refuse: Refuse<CartRefusal>,
  now: Date,
): Promise<{ cartId: string }> {
  const { id, userId } = access
  const given = await tx.cart.findUnique({ where: { id } })
  if (!given || !isOfCaller(given, access)) refuse(cartNotFound)
  if (given.userId !== null)
    return mayUseCart(given, access, now) ? { cartId: given.id } : refuse(cartNotFound)
  const { isNew, ...own } = await takeOpenCart(tx, { userId, marketId: given.marketId }, now)
  const anonymous = await lockCart(tx, id)
  if (!anonymous) refuse(cartNotFound)
  if (anonymous.mergedInto !== null) {
    return anonymous.mergedInto === own.id ? { cartId: own.id } : refuse(cartNotFound)
  }
  if (!mayUseCart(anonymous, access, now)) refuse(cartNotFound)
  const isEmpty = isNew || (await tx.cartLine.count({ where: { cartId: own.id } })) === 0
  if (isEmpty) await tx.cart.update({ where: { id: own.id }, data: { marketId: anonymous.marketId } })
  await moveLines(tx, anonymous.id, own.id)
  await tx.cart.update({ where: { id: anonymous.id }, data: { mergedInto: own.id } })
  await tellCart(tx, anonymous.id, now)
  await tellCart(tx, own.id, now)
  return { cartId: own.id }
}
