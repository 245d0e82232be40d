import type { Resolvers } from '#platform/graphql/build-schema.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type { CartWithLines } from '../data/cart-with-lines.ts'
import type { CartLine } from '../data/generated/client.ts'
import { isOfCaller } from '../usecases/may-use-cart.ts'
import { accessOf, type CartAccessInput } from './cart-inputs.ts'
import type { Ctx } from './loaders.ts'
import { addToCart } from './mutations/add-to-cart.ts'
import { changeCartMarket } from './mutations/change-cart-market.ts'
import { mergeCart } from './mutations/merge-cart.ts'
import { updateCartLine } from './mutations/update-cart-line.ts'
import type { Services } from './services.ts'

interface Reference {
  id: string
}

export function createResolvers(services: Services): Resolvers {
  return {
    Query: {
      cart: async (_: unknown, args: CartAccessInput, { identity, loaders }: Ctx) => {
        const access = accessOf(args, identity)
        const cart = access && (await loaders.cart.load(access.id))
        return cart && isOfCaller(cart, access) ? cart : null
      },
    },
    Mutation: {
      addToCart: addToCart(services),
      updateCartLine: updateCartLine(services),
      changeCartMarket: changeCartMarket(services),
      mergeCart: mergeCart(services),
    },
    Cart: {
      __resolveReference: async ({ id }: Reference, { identity, loaders }: Ctx) => {
        const cart = isUuid(id) ? await loaders.cart.load(id.toLowerCase()) : null
        // A reference has no token with it: whoever named an anonymous cart to the gateway has shown the right to it.
        return cart && (cart.userId === null || cart.userId === identity?.userId) ? cart : null
      },
      market: (cart: CartWithLines) => ({ id: cart.marketId }),
      totalQuantity: (cart: CartWithLines) => cart.lines.reduce((sum, line) => sum + line.quantity, 0),
    },
    CartLine: { variant: (line: CartLine) => ({ id: line.variantId }) },
    User: {
      __resolveReference: ({ id }: Reference) => (isUuid(id) ? { id: id.toLowerCase() } : null),
      cart: ({ id }: Reference, _: unknown, { loaders }: Ctx) => loaders.openCartOf.load(id),
    },
    ...Object.fromEntries(
      ['AddToCart', 'UpdateCartLine', 'ChangeCartMarket', 'MergeCart'].map((verb) => [
        `${verb}Result`,
        { __resolveType: (result: { kind: string }) => result.kind },
      ]),
    ),
  }
}
