import { runSubgraph } from '#platform/server/run-subgraph.ts'
import { readOrdersConfig } from './config.ts'
import { createOrders } from './service.ts'

const migrations = new URL('../../prisma/orders/migrations', import.meta.url)

await runSubgraph({ name: 'orders', readConfig: readOrdersConfig, create: createOrders, migrations })
