import { productArchived, productChanged, productPublished } from '#contracts/catalog.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Tx } from '../data/tx.ts'
import { learnProduct } from '../usecases/learn-product.ts'

export const onProductChanged = defineConsumer({
  name: 'orders.product-changed',
  hears: [productPublished, productChanged, productArchived],
  order: 'latest',
  handle: (event, tx: Tx) =>
    learnProduct(
      tx,
      // Archived is archived, whatever its snapshot was taken from.
      event.type === 'product.archived' ? { ...event.payload, status: 'ARCHIVED' } : event.payload,
    ),
})
