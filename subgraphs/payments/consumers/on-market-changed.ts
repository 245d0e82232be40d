import { marketChanged } from '#contracts/catalog.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Tx } from '../data/tx.ts'
import { learnMarket } from '../usecases/learn-market.ts'

export const onMarketChanged = defineConsumer({
  name: 'payments.market-changed',
  hears: [marketChanged],
  order: 'latest',
  handle: ({ payload: { marketId, bankTransferDays } }, tx: Tx) =>
    learnMarket(tx, { marketId, bankTransferDays: bankTransferDays ?? null }),
})
