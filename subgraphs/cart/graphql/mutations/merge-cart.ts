import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { cartNotFound, type CartRefusal } from '../../usecases/cart-refusal.ts'
import { mergeCart as merge } from '../../usecases/merge-cart.ts'
import { accessOf, type CartAccessInput } from '../cart-inputs.ts'
import { toResult } from '../cart-success.ts'
import type { Ctx } from '../loaders.ts'
import type { Services } from '../services.ts'

export function mergeCart({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: CartAccessInput }, ctx: Ctx) => {
    const { identity } = ctx
    if (!identity) throw unauthenticated()
    const access = accessOf(input, identity)
    if (!access) return cartNotFound
    const outcome = await transactOrRefuse(database, (tx, refuse: Refuse<CartRefusal>) =>
      merge(tx, { ...access, userId: identity.userId }, refuse, clock.now()),
    )
    return await toResult(outcome, ctx)
  }
}
