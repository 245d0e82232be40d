import { runSubgraph } from '#platform/server/run-subgraph.ts'
import { readCartConfig } from './config.ts'
import { createCart } from './service.ts'

const migrations = new URL('../../prisma/cart/migrations/', import.meta.url)
await runSubgraph({ name: 'cart', readConfig: () => readCartConfig(), create: createCart, migrations })
