import type { Parts } from '#platform/server/parts.ts'
import type { Subgraph } from '#platform/server/subgraph.ts'
import { createCartTokens } from './cart-tokens.ts'
import type { CartConfig } from './config.ts'
import { onMarketChanged } from './consumers/on-market-changed.ts'
import { onOrderPlaced } from './consumers/on-order-placed.ts'
import { onProductChanged } from './consumers/on-product-changed.ts'
import { openCartDatabase, type Tx } from './data/cart-database.ts'
import { createLoaders, type Loaders } from './graphql/loaders.ts'
import { createResolvers } from './graphql/resolvers.ts'
import { forgetCarts } from './usecases/forget-carts.ts'

export function createCart(config: CartConfig, { clock, log }: Parts): Subgraph<Tx, Loaders> {
  const database = openCartDatabase({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL, log })
  return {
    name: 'cart',
    schemaFile: new URL('./schema.graphql', import.meta.url),
    resolvers: createResolvers({ database, tokenOf: createCartTokens(config.TOKEN_SECRET), clock }),
    createLoaders: () => createLoaders(database.prisma, clock.now()),
    consumers: [onOrderPlaced(clock), onMarketChanged, onProductChanged],
    jobs: [
      {
        name: 'forget-carts',
        everyMs: 600_000,
        run: async () => {
          while ((await database.transact((tx) => forgetCarts(tx, clock.now()))) > 0);
        },
      },
    ],
    database,
  }
}
