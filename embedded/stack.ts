// `npm run stack`: the seven processes of a real house on this machine, against a given PostgreSQL, RabbitMQ and Redis.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { ensureGenerated } from '#prisma/generate.ts'
import { ConfigError, readConfig } from '#platform/config/read-config.ts'
import { createLogger } from '#platform/log/logger.ts'
import { onTermination } from '#platform/server/on-termination.ts'
import { readHouseConfig } from './config.ts'
import { courierRef } from './demo/people.ts'
import { ensureWebBuilt } from './ensure-web-built.ts'
import {
  gatewayEnvironment,
  subgraphEnvironment,
  type SubgraphName,
  subgraphNames,
} from './house-environment.ts'
import { readHouseSecrets } from './house-secrets.ts'
import { openDatabases } from './open-databases.ts'
import { createProgress } from './progress.ts'
import { type Supervised, supervise } from './supervise.ts'

const services = z.object({
  POSTGRES_URL: z.url().describe('a PostgreSQL server, postgres://postgres@127.0.0.1:5432'),
  AMQP_URL: z.url().describe('RabbitMQ, amqp://guest:guest@127.0.0.1:5672'),
  REDIS_URL: z.url().describe('Redis, redis://127.0.0.1:6379'),
})

const progress = createProgress(process.stdout)

async function startStack(): Promise<void> {
  const { values: flags } = parseArgs({
    options: { demo: { type: 'boolean', default: true }, forget: { type: 'boolean', default: false } },
    allowNegative: true,
  })
  const { config, env } = readHouseConfig()
  const { POSTGRES_URL } = readConfig(services, env)
  const log = createLogger({ name: 'stack', level: config.LOG_LEVEL })
  const dataFolder = config.DATA_FOLDER
  const port = config.PORT
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${String(port)}`
  const secrets = await readHouseSecrets(dataFolder)
  progress.step('generating database clients')
  await ensureGenerated()
  progress.step('building the web app')
  await ensureWebBuilt()
  const databases = await openDatabases({
    postgresUrl: POSTGRES_URL,
    dataFolder,
    log,
    onProgress: progress.step,
  })
  const urls = Object.fromEntries(
    subgraphNames.map((name, index) => [name, `http://127.0.0.1:${String(port + 1 + index)}`]),
  ) as Record<SubgraphName, string>
  const environmentOf = (name: SubgraphName) =>
    subgraphEnvironment({
      given: env,
      secrets,
      databaseUrl: databases.url(name),
      port: Number(new URL(urls[name]).port),
      publicUrl,
      usersUrl: urls.users,
      dataFolder,
      courierRef,
    })
  const { drawTheRest, forgetStack, prepareStack } = await import('./prepare-stack.ts')
  const stack = { config, environmentOf, log, onProgress: progress.step }
  if (flags.forget) {
    await forgetStack({ ...stack, databaseUrls: subgraphNames.map((name) => databases.url(name)) })
    progress.end()
    return
  }
  await prepareStack({ ...stack, demo: flags.demo })

  const processes: Supervised[] = []
  let isStopping = false
  onTermination(log, async () => {
    isStopping = true
    await Promise.all(processes.map((process) => process.stop()))
  })
  for (const name of subgraphNames) {
    processes.push(
      supervise({ name, script: `subgraphs/${name}/main.ts`, env: environmentOf(name), url: urls[name] }),
    )
  }
  await ready(processes)
  const gateway = supervise({
    name: 'gateway',
    script: 'gateway/main.ts',
    env: gatewayEnvironment({ given: env, secrets, urls, port, publicUrl, dataFolder }),
    url: `http://127.0.0.1:${String(port)}`,
  })
  processes.push(gateway)
  await ready([gateway])
  progress.end()
  for (const { name, pid, url } of processes)
    process.stdout.write(`  ${name.padEnd(10)} ${url}  pid ${String(pid())}\n`)
  process.stdout.write(`\n  ${publicUrl} is open. Ctrl-C ends all seven.\n\n`)
  if (flags.demo && config.DEMO_PICTURES === 'all') await drawTheRest(stack, () => isStopping)
}

async function ready(processes: readonly Supervised[]): Promise<void> {
  progress.step(`waiting for ${processes.map((process) => process.name).join(', ')}`)
  await Promise.all(processes.map((process) => process.ready()))
}

try {
  await startStack()
} catch (error) {
  progress.end()
  const isExpected = error instanceof ConfigError
  process.stderr.write(
    `\n  ${isExpected || !(error instanceof Error) ? String(error instanceof Error ? error.message : error) : (error.stack ?? error.message)}\n\n`,
  )
  process.exit(1)
}
