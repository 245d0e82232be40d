import { type Channel, connect } from 'amqplib'
import type { Consumer } from './consumer.ts'
import {
  deadLetterQueueOptions,
  type RabbitNames,
  rabbitNames,
  unheardQueueOptions,
  workQueueOptions,
} from './rabbit-names.ts'

/** What every bus of a house shares. */
export async function declareBase(channel: Channel, names: RabbitNames): Promise<void> {
  await channel.assertExchange(names.unheard, 'fanout', { durable: true })
  await channel.assertQueue(names.unheard, unheardQueueOptions)
  await channel.bindQueue(names.unheard, names.unheard, '')
  await channel.assertExchange(names.exchange, 'topic', { durable: true, alternateExchange: names.unheard })
  await channel.assertQueue(names.deadLetters, deadLetterQueueOptions)
}

/** One consumer's queue; from now on it keeps what its consumer hears. */
export async function declareWorkQueue(
  channel: Channel,
  names: RabbitNames,
  queue: string,
  types: Iterable<string>,
): Promise<void> {
  await channel.assertQueue(names.queue(queue), workQueueOptions(names))
  for (const type of types) await channel.bindQueue(names.queue(queue), names.exchange, type)
}

/** All that a consumer's queue depends on. */
export type ConsumerQueue = Pick<Consumer<never>, 'name' | 'hears'>

/**
 * Declares the queues of all consumers of a house before its first process starts: an event that only one of its two
 * hearers has a queue for would be lost for the other. Repeating it changes nothing. Rejects when the broker is away.
 */
export async function declareRabbitQueues(options: {
  url: string
  prefix: string
  consumers: readonly ConsumerQueue[]
}): Promise<void> {
  const names = rabbitNames(options.prefix, 'maison.events')
  const broker = await connect(options.url)
  try {
    const channel = await broker.createChannel()
    await declareBase(channel, names)
    for (const { name, hears } of options.consumers) {
      await declareWorkQueue(channel, names, name, hears === 'every' ? ['#'] : hears.map(({ type }) => type))
    }
  } finally {
    await broker.close()
  }
}
