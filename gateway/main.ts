// The gateway as a process of its own: `node --disable-proto=delete gateway/main.ts`. With WORKERS=4 it is one process
// that keeps four more running, which share the port.
import cluster from 'node:cluster'
import { ConfigError } from '#platform/config/read-config.ts'
import { createLogger, type Logger } from '#platform/log/logger.ts'
import { PortTakenError } from '#platform/server/http-server.ts'
import { onTermination } from '#platform/server/on-termination.ts'
import { type GatewayConfig, readProcessConfig } from './config.ts'
import { connectBus } from './connect-bus.ts'
import { startGateway } from './start-gateway.ts'
import { serveWorkerMetrics, tellMetrics } from './worker-metrics.ts'

/** A worker that cannot start ends with this: starting it again would not help. */
const cannotStart = 78

async function serve(config: GatewayConfig, log: Logger): Promise<void> {
  const ending = new AbortController()
  const bus = config.rabbit
    ? connectBus(config.rabbit, { log, signal: ending.signal })
    : Promise.resolve(null)
  const { isWorker } = cluster
  const metricsPort = isWorker ? null : config.metricsPort
  const gateway = await startGateway({ config: { ...config, metricsPort }, log, bus })
  if (isWorker) tellMetrics(gateway.metricsText)
  log.info({ url: gateway.url }, 'ready')
  onTermination(log, async () => {
    ending.abort()
    await gateway.close()
    await (await bus)?.close()
  })
}

/** Keeps the workers running; one that dies is started again after half a second. */
async function superviseWorkers(config: GatewayConfig, log: Logger): Promise<void> {
  const { workers: count, metricsPort, host } = config
  const metrics = metricsPort === null ? null : await serveWorkerMetrics({ port: metricsPort, host })
  let isStopping = false
  // Each takes its connections from the system itself: one handed over to a worker that just died would hang.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  for (let started = 0; started < count; started++) cluster.fork()
  cluster.on('exit', (worker, code) => {
    if (isStopping) return
    if (code === cannotStart) process.exit(1)
    log.error({ pid: worker.process.pid, code }, 'a worker ended; starting another')
    setTimeout(() => {
      if (!isStopping) cluster.fork()
    }, 500)
  })
  onTermination(log, async () => {
    isStopping = true
    await metrics?.stop(0)
    await Promise.all(
      Object.values(cluster.workers ?? {}).map(
        (worker) =>
          new Promise((ended) => {
            worker?.once('exit', ended)
            worker?.process.kill('SIGTERM')
          }),
      ),
    )
  })
}

try {
  const config = readProcessConfig()
  const log = createLogger({ name: 'gateway', level: config.logLevel })
  if (config.workers > 1 && cluster.isPrimary) await superviseWorkers(config, log)
  else await serve(config, log)
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof PortTakenError)) throw error
  process.stderr.write(`gateway: ${error.message}\n`)
  process.exitCode = 1
  if (cluster.isWorker) process.exit(cannotStart)
}
