import { marketChanged } from '#contracts/catalog.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Tx } from '../data/tx.ts'
import { learnMarket } from '../usecases/learn-market.ts'

export const onMarketChanged = defineConsumer({
  name: 'orders.market-changed',
  hears: [marketChanged],
  order: 'latest',
  handle: (event, tx: Tx) => learnMarket(tx, event.payload),
})
