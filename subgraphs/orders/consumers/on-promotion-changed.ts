import { promotionChanged } from '#contracts/catalog.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Tx } from '../data/tx.ts'
import { learnPromotion } from '../usecases/learn-promotion.ts'

export const onPromotionChanged = defineConsumer({
  name: 'orders.promotion-changed',
  hears: [promotionChanged],
  order: 'latest',
  handle: (event, tx: Tx) => learnPromotion(tx, event.payload),
})
