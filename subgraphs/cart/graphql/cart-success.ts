import { cartNotFound, type CartRefusal } from '../usecases/cart-refusal.ts'
import type { CartWithLines } from '../data/cart-with-lines.ts'
import type { Ctx } from './loaders.ts'

/** The outcome with the cart as it is after the commit; read, unless the outcome brings it. */
export async function toResult(
  outcome: { cartId: string; token?: string | null; cart?: CartWithLines | null } | CartRefusal,
  { loaders }: Ctx,
) {
  if ('kind' in outcome) return outcome
  const cart = outcome.cart ?? (await loaders.cart.clear(outcome.cartId).load(outcome.cartId))
  // Merged or forgotten between the commit and now, or long before a repetition.
  return cart ? { kind: 'CartSuccess', cart, token: outcome.token ?? null } : cartNotFound
}
