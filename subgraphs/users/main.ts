import { runSubgraph } from '#platform/server/run-subgraph.ts'
import { readUsersConfig } from './config.ts'
import { createUsers } from './service.ts'

const migrations = new URL('../../prisma/users/migrations/', import.meta.url)
await runSubgraph({ name: 'users', readConfig: () => readUsersConfig(), create: createUsers, migrations })
