// Tells the gateway of a product as catalog does.
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { productChanged, productPublished } from '#contracts/catalog.ts'
import type { Bus } from '#platform/events/bus.ts'
import { createInProcessBus } from '#platform/events/in-process-bus.ts'
import { silentLogger } from '#platform/log/logger.ts'

export function createTestBus(): Bus {
  const deadLetterFolder = join(tmpdir(), `maison-gateway-${randomUUID()}`)
  return createInProcessBus({ deadLetterFolder, log: silentLogger })
}

/** Resolves when everybody on the bus has handled it. */
export async function tellProduct(
  bus: Bus,
  event: typeof productChanged | typeof productPublished,
  productId: string,
): Promise<void> {
  await bus.publish({
    ...{ eventId: randomUUID(), type: event.type, schemaVersion: 1, aggregateType: 'product' },
    ...{ aggregateId: productId, sequence: 1, occurredAt: new Date().toISOString(), correlationId: 'test' },
    ...{ causationId: null, traceparent: null, actor: null, market: null },
    payload: {
      ...{ productId, slug: 'x', status: 'ACTIVE', names: {}, category: 'bags', taxCategory: 'standard' },
      ...{ collectionIds: [], variants: [] },
    },
  })
}
