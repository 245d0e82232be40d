import { runSubgraph } from '#platform/server/run-subgraph.ts'
import { readPaymentsConfig } from './config.ts'
import { createPayments } from './service.ts'

const migrations = new URL('../../prisma/payments/migrations', import.meta.url)

await runSubgraph({ name: 'payments', readConfig: readPaymentsConfig, create: createPayments, migrations })
