// Hive Gateway with the runtime of Hive Router: its planner is Rust. `isSharing`: identical requests in flight are one.
import { createServer } from 'node:http'
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime'
import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import { ready, settings } from './report.ts'

const gateway = createGatewayRuntime({
  supergraph: settings.supergraph,
  unifiedGraphHandler,
  logging: false,
  ...(settings.isSharing && { inboundInflightRequestDeduplication: true }),
})
const server = createServer(gateway)
server.listen(0, '127.0.0.1', () => ready(server.address().port))
