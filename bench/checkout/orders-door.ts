// One orders process of a bench, alone: asked as the gateway asks, with the caller's id for a token. Forked by `open-orders.ts`.
import { createLogger } from '../../platform/log/logger.ts'
import { openParts, partsConfig } from '../../platform/server/parts.ts'
import { startSubgraph } from '../../platform/server/start-subgraph.ts'
import { readOrdersConfig } from '../../subgraphs/orders/config.ts'
import { createOrders } from '../../subgraphs/orders/service.ts'

const log = createLogger({ name: 'orders', level: 'error' })
const config = readOrdersConfig()
const parts = await openParts(partsConfig.parse({ DATA_FOLDER: config.DATA_FOLDER }), log)
const running = await startSubgraph(createOrders(config, parts), {
  port: 0,
  gatewaySecret: config.GATEWAY_SECRET,
  verifyToken: (userId) => Promise.resolve({ userId, sessionId: userId, roles: ['CUSTOMER'], shopIds: [] }),
  bus: parts.bus,
  log,
})
running.begin()
process.send?.(running.url)
