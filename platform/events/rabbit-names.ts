import type { Options } from 'amqplib'

/** Names of one bus in the broker. The prefix keeps two houses (or two test runs) on one broker apart. */
export interface RabbitNames {
  exchange: string
  deadLetters: string
  /** Where an event goes that no queue hears. */
  unheard: string
  queue(name: string): string
  /** Exchange and queue of one delay; `delay` leads back to the topic exchange, `retry` to one work queue. */
  hold(kind: 'delay' | 'retry', ms: number): string
}

export function rabbitNames(prefix: string, exchange: string): RabbitNames {
  const own = `${prefix}${exchange}`
  return {
    exchange: own,
    deadLetters: `${own}.dead-letters`,
    unheard: `${own}.unheard`,
    queue: (name) => `${prefix}${name}`,
    hold: (kind, ms) => `${own}.${kind}.${String(ms)}`,
  }
}

/** A queue that survives the broker, and a delivery limit: without one a message that kills its reader returns for ever. */
export function workQueueOptions(names: RabbitNames): Options.AssertQueue {
  return {
    durable: true,
    arguments: {
      'x-queue-type': 'quorum',
      'x-delivery-limit': 20,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': names.deadLetters,
      // The default strategy may lose what it dead-letters; this one needs reject-publish.
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    },
  }
}

/**
 * One queue per delay with one time to live: a time to live per message would wait behind the longest one. The default
 * dead-letter strategy lost 3,125 of 10,000 when the broker was killed, this one none.
 */
export function holdQueueOptions(
  names: RabbitNames,
  kind: 'delay' | 'retry',
  ms: number,
): Options.AssertQueue {
  return {
    durable: true,
    arguments: {
      'x-queue-type': 'quorum',
      'x-message-ttl': ms,
      'x-dead-letter-exchange': kind === 'delay' ? names.exchange : '',
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    },
  }
}

/** Being looked at counts as a delivery, and RabbitMQ 4 drops a message after 20 of them unless told. */
export const deadLetterQueueOptions: Options.AssertQueue = {
  durable: true,
  arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 1_000_000_000 },
}

export const unheardQueueOptions: Options.AssertQueue = {
  durable: true,
  arguments: {
    'x-queue-type': 'quorum',
    'x-delivery-limit': 1_000_000_000,
    'x-max-length': 100_000,
    'x-overflow': 'drop-head',
  },
}

const longestHoldMs = 2 ** 31

/** Two significant digits, rounded up: however varied the delays are, the queues for them stay few. */
export function roundUpDelay(ms: number): number {
  const bounded = Math.min(Math.max(10, Math.ceil(ms)), longestHoldMs)
  const step = 10 ** (String(bounded).length - 2)
  return Math.ceil(bounded / step) * step
}
