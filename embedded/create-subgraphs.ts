import type { Parts } from '#platform/server/parts.ts'
import { readAnalyticsConfig } from '#subgraphs/analytics/config.ts'
import { createAnalytics } from '#subgraphs/analytics/service.ts'
import { readCartConfig } from '#subgraphs/cart/config.ts'
import { createCart } from '#subgraphs/cart/service.ts'
import { readCatalogConfig } from '#subgraphs/catalog/config.ts'
import { createCatalog } from '#subgraphs/catalog/service.ts'
import { readOrdersConfig } from '#subgraphs/orders/config.ts'
import { createOrders } from '#subgraphs/orders/service.ts'
import { readPaymentsConfig } from '#subgraphs/payments/config.ts'
import { createPayments } from '#subgraphs/payments/service.ts'
import { readUsersConfig } from '#subgraphs/users/config.ts'
import { createUsers } from '#subgraphs/users/service.ts'
import type { SubgraphName } from './house-environment.ts'

type Environment = Record<string, string | undefined>

export type Subgraphs = ReturnType<typeof createSubgraphs>

/** All six subgraphs on the same parts, each with the environment it would have as a process of its own. */
export function createSubgraphs(parts: Parts, environmentOf: (name: SubgraphName) => Environment) {
  return {
    users: createUsers(readUsersConfig(environmentOf('users')), parts),
    catalog: createCatalog(readCatalogConfig(environmentOf('catalog')), parts),
    cart: createCart(readCartConfig(environmentOf('cart')), parts),
    orders: createOrders(readOrdersConfig(environmentOf('orders')), parts),
    payments: createPayments(readPaymentsConfig(environmentOf('payments')), parts),
    analytics: createAnalytics(readAnalyticsConfig(environmentOf('analytics')), parts),
  }
}
