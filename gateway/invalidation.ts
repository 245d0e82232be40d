// Which kept answers an event ends. Catalog tells products and markets as snapshots, orders tells what can be bought.
import {
  marketChanged,
  productArchived,
  productChanged,
  productPublished,
  promotionChanged,
} from '#contracts/catalog.ts'
import { stockChanged } from '#contracts/orders.ts'
import type { Bus } from '#platform/events/bus.ts'
import { type Consumer, defineConsumer, type EventOf } from '#platform/events/consumer.ts'

const hears = [
  productPublished,
  productChanged,
  productArchived,
  marketChanged,
  promotionChanged,
  stockChanged,
] as const

/** Types whose entities the events below name, and those without a key that change wherever they are. */
export const invalidatedTypes = ['Market', 'Product', 'ProductVariant', 'Price', 'PriceRange'] as const

/**
 * The consumer that ends what events made old. One queue for all gateways: an event ends entries once in Redis, and
 * Redis tells every gateway's memory. An event whose purge rejects comes again.
 */
export function createInvalidation(purge: (tags: readonly string[]) => Promise<void>): Consumer<null> {
  const purgeSoon = inBatches(purge)
  return defineConsumer({
    name: 'gateway.invalidate',
    hears,
    handle: async (event) => {
      const tags = tagsOfEvent(event)
      if (tags.length > 0) await purgeSoon(tags)
    },
  })
}

/** Resolves when the bus brings events. */
export async function runInvalidation(bus: Bus, { name, hears, handle }: Consumer<null>): Promise<void> {
  await bus.subscribe({
    queue: name,
    types: hears === 'every' ? hears : hears.map(({ type }) => type),
    handle: (event) => handle(event, null),
    // What comes while one purge is under way is purged together by the next.
    concurrency: 256,
  })
}

type Tag = `${(typeof invalidatedTypes)[number]}${`:${string}` | '[]'}`

/** The tags of every answer that an event may have changed. */
export function tagsOfEvent(event: EventOf<(typeof hears)[number]>): Tag[] {
  switch (event.type) {
    case 'product.changed':
      return [
        ...tagsOfProduct(event.payload),
        ...(event.payload.isListedAsBefore ? [] : ['Product[]' as const]),
      ]
    case 'product.published':
    case 'product.archived':
      return [...tagsOfProduct(event.payload), 'Product[]']
    case 'market.changed':
      // What is sold in a market, and how its prices read, is in every list that was asked for it.
      return [`Market:${event.payload.marketId}`, 'Market[]', 'Product[]']
    case 'promotion.changed':
      // It may be about anything that has a price. What the order's promotions do no answer shows that is kept.
      return event.payload.scope === 'CATALOG' ? ['Price[]', 'PriceRange[]'] : []
    case 'stock.changed':
      return [`ProductVariant:${event.payload.variantId}`]
  }
}

function tagsOfProduct(product: { productId: string; variants: readonly { variantId: string }[] }): Tag[] {
  return [
    `Product:${product.productId}`,
    ...product.variants.map(({ variantId }): Tag => `ProductVariant:${variantId}`),
  ]
}

function inBatches(purge: (tags: readonly string[]) => Promise<void>) {
  let running: Promise<unknown> = Promise.resolve()
  let waiting: { tags: Set<string>; done: Promise<void> } | null = null
  return (tags: readonly string[]): Promise<void> => {
    if (!waiting) {
      const batch = new Set<string>()
      const done = running.then(() => {
        waiting = null
        return purge([...batch])
      })
      waiting = { tags: batch, done }
      running = done.catch(() => undefined)
    }
    for (const tag of tags) waiting.tags.add(tag)
    return waiting.done
  }
}
