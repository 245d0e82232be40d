import { stockChanged } from '#contracts/orders.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Tx } from '../data/catalog-database.ts'

/** Keeps what can be bought of each variant. A market that is not told any more has nothing left. */
export const onStockChanged = defineConsumer<Tx, readonly [typeof stockChanged]>({
  name: 'catalog.stock-changed',
  hears: [stockChanged],
  order: 'latest',
  handle: async ({ payload: { variantId, markets } }, tx) => {
    await tx.variantAvailability.deleteMany({
      where: { variantId, marketId: { notIn: markets.map((market) => market.marketId) } },
    })
    for (const { marketId, available } of markets) {
      await tx.variantAvailability.upsert({
        where: { variantId_marketId: { variantId, marketId } },
        create: { variantId, marketId, available },
        update: { available },
      })
    }
  },
})
