import { z } from 'zod'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { addToCart as add } from '../../usecases/add-to-cart.ts'
import { cartNotFound, type CartRefusal } from '../../usecases/cart-refusal.ts'
import { accessOf, type CartAccessInput, marketCode, quantity, uuid } from '../cart-inputs.ts'
import { toResult } from '../cart-success.ts'
import type { Ctx } from '../loaders.ts'
import type { Services } from '../services.ts'

const addToCartInput = z.object({
  market: marketCode,
  variantId: uuid('There is no such piece.'),
  quantity: quantity(1),
  idempotencyKey: uuid('must be a UUID'),
})

export function addToCart({ database, tokenOf, clock }: Services) {
  return async (_: unknown, { input }: { input: { cart?: CartAccessInput | null } }, ctx: Ctx) => {
    const parsed = parseInput(addToCartInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const access = input.cart ? accessOf(input.cart, ctx.identity) : null
    if (input.cart && !access) return cartNotFound
    const { market: marketId, ...wanted } = parsed.value
    const request = { ...wanted, marketId, access, userId: ctx.identity?.userId ?? null }
    const outcome = await transactOrRefuse(database, (tx, refuse: Refuse<CartRefusal>) =>
      add(tx, request, refuse, { tokenOf, now: clock.now() }),
    )
    return await toResult(outcome, ctx)
  }
}
