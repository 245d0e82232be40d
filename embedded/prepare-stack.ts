import { dropDatabase } from '#platform/database/drop-database.ts'
import { deleteRabbitBus } from '#platform/events/rabbit-cleanup.ts'
import { roundUpDelay } from '#platform/events/rabbit-names.ts'
import { defaultRetry } from '#platform/events/retry-policy.ts'
import { type ConsumerQueue, declareRabbitQueues } from '#platform/events/rabbit-topology.ts'
import { createInvalidation } from '#gateway/invalidation.ts'
import type { Logger } from '#platform/log/logger.ts'
import { type OpenParts, openParts } from '#platform/server/parts.ts'
import type { HouseConfig } from './config.ts'
import { createSubgraphs, type Subgraphs } from './create-subgraphs.ts'
import { hangPictures } from './demo/hang-pictures.ts'
import { loadDemo } from './demo/load-demo.ts'
import type { SubgraphName } from './house-environment.ts'

interface Stack {
  config: HouseConfig
  environmentOf: (name: SubgraphName) => Record<string, string | undefined>
  log: Logger
  onProgress: (message: string, done?: { count: number; of: number }) => void
}

/**
 * What a house of separate processes needs before the first of them starts: every consumer's queue, so that nothing
 * told early is lost for one that starts later, and the demo, whose events wait in the outboxes.
 */
export function prepareStack(stack: Stack & { demo: boolean }): Promise<void> {
  return withSubgraphs(stack, async (subgraphs, parts) => {
    const { config, onProgress } = stack
    if (config.AMQP_URL !== undefined) {
      onProgress('declaring the queues')
      const consumers = [...Object.values(subgraphs).flatMap(consumersOf), invalidation]
      await declareRabbitQueues({ url: config.AMQP_URL, prefix: config.AMQP_PREFIX, consumers })
    }
    if (!stack.demo) return
    const targets = { ...subgraphs, parts, onProgress }
    await loadDemo(targets)
    if (config.DEMO_PICTURES !== 'none') await hangPictures(targets, { all: false, shouldStop: () => false })
  })
}

/** Draws the other views of the demo's pictures while the processes serve already. */
export function drawTheRest(stack: Stack, shouldStop: () => boolean): Promise<void> {
  return withSubgraphs(stack, (subgraphs, parts) =>
    hangPictures({ ...subgraphs, parts, onProgress: () => undefined }, { all: true, shouldStop }),
  )
}

/** Deletes what the house made in the services: its six databases, its queues and exchanges. */
export function forgetStack(stack: Stack & { databaseUrls: readonly string[] }): Promise<void> {
  return withSubgraphs(stack, async (subgraphs) => {
    const { config, onProgress } = stack
    onProgress('deleting the databases')
    for (const url of stack.databaseUrls) await dropDatabase(url)
    if (config.AMQP_URL === undefined) return
    onProgress('deleting the queues')
    await deleteRabbitBus({
      url: config.AMQP_URL,
      prefix: config.AMQP_PREFIX,
      queues: [...Object.values(subgraphs).flatMap(consumersOf), invalidation].map(({ name }) => name),
      retry: defaultRetry,
      delaysMs: holdsMs(stack.environmentOf('orders').HOLD_SECONDS).map(roundUpDelay),
    })
  })
}

/** The delays that orders may have asked for: the demo's markets all hold for 15 minutes. */
function holdsMs(holdSeconds: string | undefined): number[] {
  return [900, Number(holdSeconds ?? 900)].map((seconds) => seconds * 1000 + 500)
}

/** The gateway's own queue; only what it is called and hears matters here. */
const invalidation: ConsumerQueue = createInvalidation(() => Promise.resolve())

const consumersOf = (subgraph: { consumers: readonly ConsumerQueue[] }): readonly ConsumerQueue[] =>
  subgraph.consumers

async function withSubgraphs(
  { config, environmentOf, log }: Stack,
  work: (subgraphs: Subgraphs, parts: OpenParts) => Promise<void>,
): Promise<void> {
  const parts = await openParts({ ...config, AMQP_URL: undefined }, log)
  const subgraphs = createSubgraphs(parts, environmentOf)
  try {
    await work(subgraphs, parts)
  } finally {
    await parts.bus.close()
    await Promise.all(Object.values(subgraphs).map((subgraph) => subgraph.database.close()))
    await parts.close()
  }
}
