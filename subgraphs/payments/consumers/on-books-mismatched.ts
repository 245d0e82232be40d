import { reconciliationMismatched } from '#contracts/orders.ts'
import { type Consumer, defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/tx.ts'
import { recordDifference } from '../usecases/record-difference.ts'

/** Orders compares its own books and tells what does not hold; support looks in one place. */
export function onBooksMismatched({ clock }: { clock: Clock }): Consumer<Tx> {
  return defineConsumer({
    name: 'payments.books-mismatched',
    hears: [reconciliationMismatched],
    handle: ({ payload: { mismatchId, check, orderId, detail } }, tx: Tx) =>
      recordDifference(
        tx,
        {
          id: mismatchId,
          check: `orders: ${check}`,
          subject: orderId ?? mismatchId,
          detail,
          orderId,
          transactionId: null,
          runId: null,
          needsCase: false,
        },
        clock.now(),
      ),
  })
}
