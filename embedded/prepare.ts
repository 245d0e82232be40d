// `node embedded/prepare.ts`: what a house of separate processes needs once before they start: databases migrated,
// queues declared, and with --demo the demo loaded. Safe to repeat; containers run it as a job before the others.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readConfig } from '#platform/config/read-config.ts'
import { createLogger } from '#platform/log/logger.ts'
import { readHouseConfig } from './config.ts'
import { courierRef } from './demo/people.ts'
import { subgraphEnvironment } from './house-environment.ts'
import { readHouseSecrets } from './house-secrets.ts'
import { openDatabases } from './open-databases.ts'
import { prepareStack } from './prepare-stack.ts'
import { createProgress } from './progress.ts'

const needed = z.object({ POSTGRES_URL: z.url(), AMQP_URL: z.url() })

const { values: flags } = parseArgs({ options: { demo: { type: 'boolean', default: false } } })
const { config, env } = readHouseConfig()
const { POSTGRES_URL } = readConfig(needed, env)
const progress = createProgress(process.stdout)
const log = createLogger({ name: 'prepare', level: config.LOG_LEVEL })
const secrets = await readHouseSecrets(config.DATA_FOLDER)
const databases = await openDatabases({
  postgresUrl: POSTGRES_URL,
  dataFolder: config.DATA_FOLDER,
  log,
  onProgress: progress.step,
})
await prepareStack({
  config,
  environmentOf: (name) =>
    subgraphEnvironment({
      given: env,
      secrets,
      databaseUrl: databases.url(name),
      port: 0,
      publicUrl: config.PUBLIC_URL ?? 'http://localhost:4000',
      usersUrl: 'http://127.0.0.1',
      dataFolder: config.DATA_FOLDER,
      courierRef,
    }),
  demo: flags.demo,
  log,
  onProgress: progress.step,
})
progress.end()
