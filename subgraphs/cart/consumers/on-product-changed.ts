import { productArchived, productChanged, productPublished } from '#contracts/catalog.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Tx } from '../data/cart-database.ts'
import { learnProduct } from '../usecases/learn-catalog.ts'

/** Whether a piece is sold is for the quote to say: an archived one may stay in a cart, and is shown as what it is. */
export const onProductChanged = defineConsumer({
  name: 'cart.product-changed',
  hears: [productPublished, productChanged, productArchived],
  order: 'latest',
  handle: async ({ payload: { productId, variants } }, tx: Tx) => {
    await learnProduct(tx, { productId, variantIds: variants.map(({ variantId }) => variantId) })
  },
})
