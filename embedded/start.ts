// `npm start`: prepares what is missing, starts the whole house in this process and says where everything is.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureGenerated } from '#prisma/generate.ts'
import { ConfigError } from '#platform/config/read-config.ts'
import { createLogger } from '#platform/log/logger.ts'
import { PortTakenError } from '#platform/server/http-server.ts'
import { onTermination } from '#platform/server/on-termination.ts'
import { readHouseConfig, runInProduction } from './config.ts'
import { ensureWebBuilt } from './ensure-web-built.ts'
import { FolderInUseError } from './postgres/folder-lock.ts'
import { forgetPostgres } from './postgres/forget-postgres.ts'
import { createProgress } from './progress.ts'
import { summary } from './summary.ts'

const progress = createProgress(process.stdout)

/** Forgets everything the embedded parts kept. Refused while a house lives there. */
async function reset(dataFolder: string): Promise<void> {
  await forgetPostgres(join(dataFolder, 'postgres'))
  for (const part of ['blobs', 'mailbox', 'dead-letters', 'secrets.json', 'demo-loaded']) {
    await rm(join(dataFolder, part), { recursive: true, force: true })
  }
}

async function start(): Promise<void> {
  const { values: flags } = parseArgs({ options: { reset: { type: 'boolean', default: false } } })
  runInProduction()
  const { config, env } = readHouseConfig()
  process.stdout.write('\n  M A I S O N\n\n')
  if (flags.reset) await reset(config.DATA_FOLDER)
  progress.step('generating database clients')
  await ensureGenerated()
  progress.step('building the web app')
  await ensureWebBuilt()
  // Only now: these import what was just generated.
  const { startHouse } = await import('./house.ts')
  const log = createLogger({ name: 'house', level: config.LOG_LEVEL })
  const house = await startHouse({ config, env, log, onProgress: progress.step })
  progress.end()
  process.stdout.write(summary(house))
  onTermination(log, () => house.close())
}

try {
  await start()
} catch (error) {
  progress.end()
  if (error instanceof ConfigError || error instanceof PortTakenError || error instanceof FolderInUseError) {
    process.stderr.write(`\n  ${error.message}\n\n`)
  } else {
    process.stderr.write(
      `\n  The house did not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n\n`,
    )
  }
  process.exit(1)
}
