import { rowBy, rowById } from '#platform/graphql/row-loaders.ts'
import type { GraphQLContext } from '#platform/server/subgraph.ts'
import { type CartWithLines, linesInOrder } from '../data/cart-with-lines.ts'
import type { PrismaClient } from '../data/generated/client.ts'

export type Loaders = ReturnType<typeof createLoaders>
export type Ctx = GraphQLContext<Loaders>

/** What resolvers read by key: the same few statements however many carts are asked for. An expired cart is none. */
export function createLoaders(prisma: PrismaClient, now: Date) {
  const isThere = { mergedInto: null, expiresAt: { gt: now } }
  return {
    /** By the cart's id, a UUID in lower case. */
    cart: rowById<CartWithLines>((ids) =>
      prisma.cart.findMany({ where: { ...isThere, id: { in: ids } }, include: linesInOrder }),
    ),
    /** By the id of the person. */
    openCartOf: rowBy<CartWithLines>(
      (userIds) =>
        prisma.cart.findMany({ where: { ...isThere, userId: { in: userIds } }, include: linesInOrder }),
      (cart) => cart.userId,
    ),
  }
}
