// Maison's gateway in its production form: only registered documents, every fetch signed, a log that tells warnings.
// With `workers`, as many processes on one port; the first one is then only their parent.
import cluster from 'node:cluster'
import { createLogger } from '../../../platform/log/logger.ts'
import { readGatewayConfig } from '../../../gateway/config.ts'
import { startGateway } from '../../../gateway/start-gateway.ts'
import { ready, settings as given } from './report.ts'

const settings = given as {
  supergraph: string
  subgraphs: Record<string, { url: string }>
  documents: Record<string, string>
  env?: Record<string, string>
  workers?: number
}

const workers = settings.workers ?? 1
if (workers === 1) {
  ready(await start())
} else if (cluster.isPrimary) {
  const port = await new Promise<number>((resolve) => {
    let up = 0
    cluster.on('listening', (_, address) => {
      if ((up += 1) === workers) resolve(address.port)
    })
    for (let worker = 0; worker < workers; worker += 1) cluster.fork()
  })
  ready(port)
} else {
  await start()
}

async function start(): Promise<number> {
  const config = readGatewayConfig({
    GATEWAY_SECRET: 'a secret for measuring only',
    // In a cluster every process gets the same one.
    PORT: '0',
    SAFELIST: 'on',
    LOG_LEVEL: 'warn',
    // Everybody who asks is on one address here: the limit is reckoned with, and never reached.
    RATE_LIMIT_IP: '999999999/999999999',
    // The schema says nothing of how long its lists are, so the nested query is reckoned dearer than it is.
    MAX_OPERATION_COST: '1000000',
    ...settings.env,
  })
  const gateway = await startGateway({
    config: {
      ...config,
      subgraphUrls: Object.fromEntries(
        Object.entries(settings.subgraphs).map(([name, { url }]) => [name, url]),
      ),
    },
    log: createLogger({ name: 'gateway', level: config.logLevel }),
    supergraph: settings.supergraph,
    registeredDocuments: new Map(Object.entries(settings.documents)),
    web: null,
  })
  return Number(new URL(gateway.url).port)
}
