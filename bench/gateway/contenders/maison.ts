// Maison's gateway in its production form: only registered documents, every fetch signed, a log that tells warnings.
import { createLogger } from '../../../platform/log/logger.ts'
import { readGatewayConfig } from '../../../gateway/config.ts'
import { startGateway } from '../../../gateway/start-gateway.ts'
import { ready, settings as given } from './report.ts'

const settings = given as {
  supergraph: string
  subgraphs: Record<string, { url: string }>
  documents: Record<string, string>
  env?: Record<string, string>
}
const config = readGatewayConfig({
  GATEWAY_SECRET: 'a secret for measuring only',
  PORT: '0',
  SAFELIST: 'on',
  LOG_LEVEL: 'warn',
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
ready(Number(new URL(gateway.url).port))
