import { connect } from 'amqplib'
import { rabbitNames } from './rabbit-names.ts'
import { backOffMs, type RetryPolicy } from './retry-policy.ts'

/** Deletes what a bus with this prefix made in the broker, and all that waits there. */
export async function deleteRabbitBus(options: {
  url: string
  prefix: string
  queues: readonly string[]
  retry: RetryPolicy
  delaysMs?: readonly number[]
}): Promise<void> {
  const names = rabbitNames(options.prefix, 'maison.events')
  const pauses = Array.from({ length: options.retry.postponements }, (_, n) =>
    backOffMs(options.retry, n + 1),
  )
  const holds = [
    ...[...new Set(pauses)].map((ms) => names.hold('retry', ms)),
    ...(options.delaysMs ?? []).map((ms) => names.hold('delay', ms)),
  ]
  const broker = await connect(options.url)
  try {
    const channel = await broker.createChannel()
    const queues = options.queues.map((queue) => names.queue(queue))
    for (const queue of [...queues, ...holds, names.deadLetters, names.unheard])
      await channel.deleteQueue(queue)
    for (const exchange of [...holds, names.exchange, names.unheard]) await channel.deleteExchange(exchange)
  } finally {
    await broker.close()
  }
}
