import { marketChanged } from '#contracts/catalog.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Tx } from '../data/cart-database.ts'
import { learnMarket } from '../usecases/learn-catalog.ts'

export const onMarketChanged = defineConsumer({
  name: 'cart.market-changed',
  hears: [marketChanged],
  order: 'latest',
  handle: async ({ payload }, tx: Tx) => {
    await learnMarket(tx, payload.marketId)
  },
})
