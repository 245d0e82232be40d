import { rowById } from '#platform/graphql/row-loaders.ts'
import type { GraphQLContext } from '#platform/server/subgraph.ts'
import type { PrismaClient } from '../data/generated/client.ts'

export type Loaders = ReturnType<typeof createLoaders>
export type Ctx = GraphQLContext<Loaders>

/** What resolvers read by key: one statement for all that one step of an operation asks. */
export function createLoaders(prisma: PrismaClient) {
  return {
    /** By id, a UUID in lower case; null when unknown. */
    user: rowById((ids) => prisma.user.findMany({ where: { id: { in: ids } } })),
  }
}
