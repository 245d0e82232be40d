import { orderConfirmed, orderReinstated } from '../../contracts/orders.ts'
import { connectRabbitBus } from '../../platform/events/rabbit-bus.ts'
import { deleteRabbitBus } from '../../platform/events/rabbit-cleanup.ts'
import { defaultRetry } from '../../platform/events/retry-policy.ts'
import type { Logger } from '../../platform/log/logger.ts'
import { services } from './config.ts'

export interface Confirmations {
  /** Resolves when the house tells that the order is paid; ask before it can be. Rejects after a minute. */
  of(orderId: string): Promise<void>
  stop(): Promise<void>
}

const queue = 'bench.order-confirmed'

/** Hears `order.confirmed` as one more consumer of the house's events: asking for each order's state would be work of its own. */
export async function hearConfirmations(prefix: string, log: Logger): Promise<Confirmations> {
  const bus = await connectRabbitBus({ url: services.rabbit, prefix, log })
  const waiting = new Map<string, () => void>()
  await bus.subscribe({
    queue,
    // On a machine that is busy with something else a hold may end first: paid late is paid.
    types: [orderConfirmed.type, orderReinstated.type],
    concurrency: 64,
    handle: ({ aggregateId }) => {
      waiting.get(aggregateId)?.()
      return Promise.resolve()
    },
  })
  return {
    of: (orderId) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`Order ${orderId} was paid and not confirmed`))
        }, 60_000)
        waiting.set(orderId, () => {
          clearTimeout(timer)
          waiting.delete(orderId)
          resolve()
        })
      }),
    stop: async () => {
      await bus.close()
      await deleteRabbitBus({ url: services.rabbit, prefix, queues: [queue], retry: defaultRetry })
    },
  }
}
