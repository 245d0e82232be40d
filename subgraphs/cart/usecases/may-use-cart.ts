import { isTokenOf } from '../cart-tokens.ts'
import type { Cart } from '../data/generated/client.ts'

/** Which cart is asked for, and by what right. */
export interface CartAccess {
  /** A UUID in lower case. */
  id: string
  token: string | null
  /** The signed-in person, if any. */
  userId: string | null
}

/** Whether the cart is there for the caller: the person's own, or an anonymous one by its token. An ended one is not. */
export function mayUseCart(cart: Cart, access: CartAccess, now: Date): boolean {
  return cart.mergedInto === null && cart.expiresAt > now && isOfCaller(cart, access)
}

export function isOfCaller(cart: Cart, { token, userId }: CartAccess): boolean {
  return cart.userId === null ? isTokenOf(cart.tokenHash, token) : cart.userId === userId
}
