import { fileURLToPath } from 'node:url'
import { createTokenVerifier } from '../auth/access-token.ts'
import { ConfigError } from '../config/read-config.ts'
import { ensureDatabase } from '../database/ensure-database.ts'
import { migrate } from '../database/migrate.ts'
import { createLogger } from '../log/logger.ts'
import { PortTakenError } from './http-server.ts'
import { onTermination } from './on-termination.ts'
import { openParts, type Parts } from './parts.ts'
import { startSubgraph } from './start-subgraph.ts'
import type { SubgraphConfig } from './subgraph-config.ts'
import type { Subgraph } from './subgraph.ts'

/**
 * Runs one subgraph as a process of its own until it is told to stop: migrates its database, connects to the real
 * services, serves, and on SIGTERM or SIGINT finishes what is under way. Ends with a one-line message and exit code 1
 * when the configuration does not do.
 */
export async function runSubgraph<Config extends SubgraphConfig, Tx, Loaders>(options: {
  name: string
  readConfig: () => Config
  create: (config: Config, parts: Parts) => Subgraph<Tx, Loaders>
  /** Folder of the migrations, `prisma/<name>/migrations`. */
  migrations: URL
}): Promise<void> {
  try {
    const config = options.readConfig()
    if (config.AMQP_URL === undefined) {
      throw new ConfigError(['AMQP_URL is missing (a process by itself tells others only through RabbitMQ)'])
    }
    const log = createLogger({ name: options.name, level: config.LOG_LEVEL })
    await ensureDatabase(config.DATABASE_URL)
    await migrate({ url: config.DATABASE_URL, folder: fileURLToPath(options.migrations), log })
    const parts = await openParts(config, log)
    const running = await startSubgraph(options.create(config, parts), {
      port: config.PORT,
      host: config.HOST,
      gatewaySecret: config.GATEWAY_SECRET,
      verifyToken: createTokenVerifier({
        keys: new URL(config.JWKS_URL),
        issuer: config.TOKEN_ISSUER,
        audience: config.TOKEN_AUDIENCE,
      }),
      bus: parts.bus,
      log,
    })
    running.begin()
    log.info({ url: running.url }, 'ready')
    onTermination(log, async () => {
      await running.stopListening()
      await parts.bus.close()
      await running.close()
      await parts.close()
    })
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof PortTakenError)) throw error
    process.stderr.write(`${options.name}: ${error.message}\n`)
    process.exitCode = 1
  }
}
