// The gateway as a process of its own: `node --disable-proto=delete gateway/main.ts`.
import { ConfigError } from '#platform/config/read-config.ts'
import { createLogger } from '#platform/log/logger.ts'
import { PortTakenError } from '#platform/server/http-server.ts'
import { onTermination } from '#platform/server/on-termination.ts'
import { readProcessConfig } from './config.ts'
import { startGateway } from './start-gateway.ts'

try {
  const config = readProcessConfig()
  const log = createLogger({ name: 'gateway', level: config.logLevel })
  const gateway = await startGateway({ config, log })
  log.info({ url: gateway.url }, 'ready')
  onTermination(log, () => gateway.close())
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof PortTakenError)) throw error
  process.stderr.write(`gateway: ${error.message}\n`)
  process.exitCode = 1
}
