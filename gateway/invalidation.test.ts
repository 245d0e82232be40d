import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createInProcessBus } from '#platform/events/in-process-bus.ts'
import type { Envelope } from '#platform/events/envelope.ts'
import { silentLogger } from '#platform/log/logger.ts'
import { createInvalidation, runInvalidation } from './invalidation.ts'

const productId = randomUUID()
const variantId = randomUUID()

function told(
  type: string,
  aggregateType: string,
  payload: unknown,
  aggregateId: string = randomUUID(),
): Envelope {
  return {
    ...{ eventId: randomUUID(), type, aggregateType, aggregateId, payload, schemaVersion: 1, sequence: 1 },
    ...{ occurredAt: new Date(0).toISOString(), correlationId: 'test', causationId: null, traceparent: null },
    ...{ actor: null, market: null },
  }
}

const product = {
  ...{ productId, slug: 'tote', status: 'ACTIVE', names: {}, category: 'bags', taxCategory: 'standard' },
  collectionIds: [],
  variants: [
    {
      ...{ variantId, sku: 'T1', barcode: null, optionsLabels: {}, imageUrl: null, weightGrams: 1 },
      ...{ isSerialized: false, prices: [] },
    },
  ],
}

async function hearing(purge: (tags: readonly string[]) => Promise<void>) {
  const bus = createInProcessBus({
    deadLetterFolder: join(tmpdir(), `maison-invalidation-${randomUUID()}`),
    log: silentLogger,
  })
  await runInvalidation(bus, createInvalidation(purge))
  return bus
}

test('a changed product ends its own answers, those with its variants and every list of products', async () => {
  const purged: string[] = []
  const bus = await hearing((tags) => Promise.resolve(void purged.push(...tags)))
  await bus.publish(told('product.changed', 'product', product))
  expect(purged).toEqual([`Product:${productId}`, `ProductVariant:${variantId}`, 'Product[]'])
  await bus.close()
})

test('a changed price ends no list: there the product stands where it stood', async () => {
  const purged: string[] = []
  const bus = await hearing((tags) => Promise.resolve(void purged.push(...tags)))
  await bus.publish(told('product.changed', 'product', { ...product, isListedAsBefore: true }))
  expect(purged).toEqual([`Product:${productId}`, `ProductVariant:${variantId}`])
  await bus.close()
})

test('changed stock ends the answers with the variant, a changed market those it is in', async () => {
  const purged: string[] = []
  const bus = await hearing((tags) => Promise.resolve(void purged.push(...tags)))
  await bus.publish(told('stock.changed', 'variant-stock', { variantId, markets: [] }))
  const market = {
    ...{ marketId: 'FR', currency: 'EUR', countries: ['FR'], locales: ['fr'], pricesIncludeTax: true },
    ...{ taxRounding: 'LINE', roundingMode: 'HALF_UP', reservationMinutes: 15, taxRates: [] },
    bankTransferDays: null,
  }
  await bus.publish(told('market.changed', 'market', market))
  await bus.publish(told('order.placed', 'order', {}))
  expect(purged).toEqual([`ProductVariant:${variantId}`, 'Market:FR', 'Market[]', 'Product[]'])
  await bus.close()
})

test('a promotion of the catalogue ends every answer with a price, one of the order none', async () => {
  const purged: string[] = []
  const bus = await hearing((tags) => Promise.resolve(void purged.push(...tags)))
  const promotion = {
    ...{ promotionId: randomUUID(), names: {}, scope: 'ORDER', marketIds: [], priority: 1, conditions: [] },
    ...{ stacking: 'STACKS', needsVoucher: false, startsAt: new Date(0).toISOString(), endsAt: null },
    ...{ isActive: true, actions: [{ kind: 'SHIPPING_PERCENTAGE', ppm: 1 }] },
  }
  await bus.publish(told('promotion.changed', 'promotion', promotion))
  expect(purged).toEqual([])
  await bus.publish(told('promotion.changed', 'promotion', { ...promotion, scope: 'CATALOG' }))
  expect(purged).toEqual(['Price[]', 'PriceRange[]'])
  await bus.close()
})

test('events that come during a purge are purged together, and an event is done when its own purge is', async () => {
  const batches: (readonly string[])[] = []
  let open: () => void = () => undefined
  const gate = new Promise<void>((done) => (open = done))
  const bus = await hearing(async (tags) => {
    batches.push(tags)
    await gate
  })
  const events = Array.from({ length: 100 }, (_, index) =>
    bus.publish(
      told('stock.changed', 'variant-stock', { variantId: randomUUID(), markets: [] }, String(index)),
    ),
  )
  await expect.poll(() => batches.length).toBe(1)
  open()
  await Promise.all(events)
  expect(batches.length).toBeLessThan(10)
  expect(new Set(batches.flat()).size).toBe(100)
  await bus.close()
})

test('a purge that fails is tried again', async () => {
  let tries = 0
  const bus = await hearing(() => {
    tries += 1
    return tries === 1 ? Promise.reject(new Error('Redis is away')) : Promise.resolve()
  })
  await bus.publish(told('stock.changed', 'variant-stock', { variantId, markets: [] }))
  expect(tries).toBe(2)
  await bus.close()
})
