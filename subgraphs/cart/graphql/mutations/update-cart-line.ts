import { z } from 'zod'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { cartNotFound, type CartRefusal } from '../../usecases/cart-refusal.ts'
import { updateCartLine as update } from '../../usecases/update-cart-line.ts'
import { accessOf, type CartAccessInput, quantity, uuid } from '../cart-inputs.ts'
import { toResult } from '../cart-success.ts'
import type { Ctx } from '../loaders.ts'
import type { Services } from '../services.ts'

const updateCartLineInput = z.object({
  lineId: uuid('This line is not in the cart any more.'),
  quantity: quantity(0),
})

export function updateCartLine({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: { cart: CartAccessInput } }, ctx: Ctx) => {
    const parsed = parseInput(updateCartLineInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const access = accessOf(input.cart, ctx.identity)
    if (!access) return cartNotFound
    const outcome = await transactOrRefuse(database, (tx, refuse: Refuse<CartRefusal>) =>
      update(tx, { ...parsed.value, access }, refuse, clock.now()),
    )
    return await toResult(outcome, ctx)
  }
}
