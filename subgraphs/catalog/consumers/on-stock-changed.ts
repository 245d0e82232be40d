import { stockChanged } from '#contracts/orders.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Tx } from '../data/catalog-database.ts'

/** Keeps what can be bought of each variant. A market that is not told any more has nothing left. */
export const onStockChanged = defineConsumer<Tx, readonly [typeof stockChanged]>({
  name: 'catalog.stock-changed',
  hears: [stockChanged],
  order: 'latest',
  handle: async ({ payload: { variantId, markets } }, tx) => {
    const marketIds = markets.map(({ marketId }) => marketId)
    await tx.$executeRaw`
      WITH gone AS (
        DELETE FROM variant_availability
         WHERE variant_id = ${variantId}::uuid AND NOT market_id = ANY (${marketIds}::text[])
      )
      INSERT INTO variant_availability AS v (variant_id, market_id, available, updated_at)
      SELECT ${variantId}::uuid, market_id, available, now()
        FROM unnest(${marketIds}::text[], ${markets.map(({ available }) => available)}::int[]) AS m (market_id, available)
      ON CONFLICT (variant_id, market_id) DO UPDATE SET available = excluded.available, updated_at = excluded.updated_at
       WHERE v.available <> excluded.available`
  },
})
