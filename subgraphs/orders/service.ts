import { createDatabase } from '#platform/database/database.ts'
import type { Parts } from '#platform/server/parts.ts'
import type { Subgraph } from '#platform/server/subgraph.ts'
import type { OrdersConfig } from './config.ts'
import { onExpiryDue } from './consumers/on-expiry-due.ts'
import { onMarketChanged } from './consumers/on-market-changed.ts'
import { onPayment } from './consumers/on-payment.ts'
import { onPaymentStarted } from './consumers/on-payment-started.ts'
import { onProductChanged } from './consumers/on-product-changed.ts'
import { onPromotionChanged } from './consumers/on-promotion-changed.ts'
import { onStockCounted } from './consumers/on-stock-counted.ts'
import { PrismaClient } from './data/generated/client.ts'
import type { Tx } from './data/tx.ts'
import { createLoaders, type Loaders } from './graphql/loaders.ts'
import { createResolvers } from './graphql/resolvers.ts'
import { createJobs } from './jobs.ts'
import { exportOrdersRoute } from './routes/export-orders.ts'

/** The orders subgraph: what was bought, and the goods. */
export function createOrders(config: OrdersConfig, parts: Parts): Subgraph<Tx, Loaders> {
  const { clock, log } = parts
  const database = createDatabase<PrismaClient, Tx>({
    url: config.DATABASE_URL,
    PrismaClient,
    poolSize: config.DATABASE_POOL,
    log,
  })
  const holdMs = config.HOLD_SECONDS === undefined ? null : config.HOLD_SECONDS * 1000
  const courierRef = config.DEFAULT_COURIER_REF ?? null
  return {
    name: 'orders',
    schemaFile: new URL('./schema.graphql', import.meta.url),
    resolvers: createResolvers({
      database,
      clock,
      ticketSecret: config.PAYMENT_TICKET_SECRET,
      holdMs,
      courierRef,
    }),
    createLoaders: () => createLoaders(database.prisma, clock),
    consumers: [
      onProductChanged,
      onMarketChanged,
      onPromotionChanged,
      onStockCounted({ clock, log }),
      onPayment({ clock, courierRef }),
      onPaymentStarted({ clock, holdMs }),
      onExpiryDue({ clock }),
    ],
    jobs: createJobs({ database, clock, log }),
    routes: [exportOrdersRoute(database)],
    database,
  }
}
