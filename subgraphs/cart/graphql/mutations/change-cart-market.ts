import { z } from 'zod'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { badInput } from '#platform/errors/errors.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { cartNotFound, type CartRefusal } from '../../usecases/cart-refusal.ts'
import { changeCartMarket as change } from '../../usecases/change-cart-market.ts'
import { accessOf, type CartAccessInput, marketCode } from '../cart-inputs.ts'
import { toResult } from '../cart-success.ts'
import type { Ctx } from '../loaders.ts'
import type { Services } from '../services.ts'

const changeCartMarketInput = z.object({ market: marketCode })

export function changeCartMarket({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: { cart: CartAccessInput } }, ctx: Ctx) => {
    const parsed = parseInput(changeCartMarketInput, input)
    // The outcome has no member for it: a market is chosen from a list, not typed.
    if (parsed.kind === 'InvalidInputError') throw badInput(parsed.message, { field: parsed.field })
    const access = accessOf(input.cart, ctx.identity)
    if (!access) return cartNotFound
    const outcome = await transactOrRefuse(database, (tx, refuse: Refuse<CartRefusal>) =>
      change(tx, { access, marketId: parsed.value.market }, refuse, clock.now()),
    )
    return await toResult(outcome, ctx)
  }
}
