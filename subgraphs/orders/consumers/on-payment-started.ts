import { paymentStarted } from '#contracts/payments.ts'
import { type Consumer, defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/tx.ts'
import { extendHold } from '../usecases/extend-hold.ts'

/** `holdMs`: instead of what the market says; null as a rule. */
export function onPaymentStarted({ clock, holdMs }: { clock: Clock; holdMs: number | null }): Consumer<Tx> {
  return defineConsumer({
    name: 'orders.payment-started',
    hears: [paymentStarted],
    handle: async ({ payload: { orderId, kind } }, tx: Tx) => {
      if (kind !== 'ONLINE' && kind !== 'BANK_TRANSFER') return
      await extendHold(tx, { orderId, isBankTransfer: kind === 'BANK_TRANSFER', holdMs }, clock.now())
    },
  })
}
