import { stockCountImported } from '#contracts/catalog.ts'
import { type Consumer, defineConsumer } from '#platform/events/consumer.ts'
import type { Logger } from '#platform/log/logger.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/tx.ts'
import { countStock } from '../usecases/count-stock.ts'

export function onStockCounted({ clock, log }: { clock: Clock; log: Logger }): Consumer<Tx> {
  return defineConsumer({
    name: 'orders.stock-counted',
    hears: [stockCountImported],
    order: 'latest',
    handle: async (event, tx: Tx) => {
      const { missing } = await countStock(tx, event.payload, clock.now())
      if (missing > 0) {
        log.warn(
          { variantId: event.payload.variantId, missing },
          'fewer pieces were counted than customers are owed',
        )
      }
    },
  })
}
