import { randomUUID } from 'node:crypto'
import type { Channel, ConsumeMessage } from 'amqplib'
import type { Logger } from '../log/logger.ts'
import type { Subscription } from './bus.ts'
import { deadLetterId } from './dead-letter-store.ts'
import { createDeliver, type Outcome } from './deliver.ts'
import { type Envelope, parseEnvelope } from './envelope.ts'
import { createInFlight, type InFlight } from './in-flight.ts'
import { createBrowse } from './rabbit-browse.ts'
import type { RabbitNames } from './rabbit-names.ts'
import type { RabbitSession } from './rabbit-session.ts'
import { declareWorkQueue } from './rabbit-topology.ts'
import { backOffMs, type RetryPolicy } from './retry-policy.ts'

/** Reads one queue, on one session after the other. */
export interface RabbitReader {
  readonly subscription: Subscription
  /** Declares the queue and reads it on this session; repeated calls for one session do it once. */
  start(session: RabbitSession, lost: (why: unknown) => void): Promise<void>
  /** No new deliveries. */
  stop(): Promise<void>
  readonly inFlight: InFlight
}

/** Headers of a message on its way to the dead letters or round a retry queue. */
export const headerNames = {
  queue: 'maison-queue',
  error: 'maison-error',
  attempts: 'maison-attempts',
  failedAt: 'maison-failed-at',
  postponed: 'maison-postponed',
}

export function createRabbitReader(options: {
  subscription: Subscription
  names: RabbitNames
  retry: RetryPolicy
  closing: AbortSignal
  log: Logger
}): RabbitReader {
  const { subscription, names, retry, log } = options
  const queue = names.queue(subscription.queue)
  const heard = subscription.types === 'every' ? null : new Set(subscription.types)
  // It outlives the session: what still runs for a lost connection keeps the repetition of it waiting.
  const deliver = createDeliver(subscription, retry, options.closing)
  const inFlight = createInFlight()
  const browseUnheard = createBrowse(names.unheard, 10_000)
  const started = new WeakMap<RabbitSession, Promise<void>>()
  let stopReading: (() => Promise<unknown>) | null = null

  async function read(session: RabbitSession, lost: (why: unknown) => void): Promise<void> {
    const channel = await session.openChannel()
    await declareWorkQueue(channel, names, subscription.queue, heard ?? ['#'])
    // Four times what may run: while an aggregate waits for its next try, it must not hold up the others.
    await channel.prefetch(4 * (subscription.concurrency ?? 16))
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (!message) {
        lost(new Error(`the consumer of ${queue} was cancelled`))
        return
      }
      inFlight.track(receive(session, channel, message)).catch((error: unknown) => {
        // Neither acknowledged nor put elsewhere: the queue must hand it out again.
        log.warn({ err: error, queue: subscription.queue }, 'A message could not be settled')
        lost(error)
      })
    })
    stopReading = () => channel.cancel(consumerTag)
    inFlight.track(rescue(session)).catch((error: unknown) => {
      log.warn({ err: error, queue: subscription.queue }, 'Unheard events stay where they are')
    })
  }

  /** Events told before any queue heard them: a producer that started first must not lose what it told. */
  async function rescue(session: RabbitSession): Promise<void> {
    const { messageCount } = await session.channel.checkQueue(names.unheard)
    if (messageCount === 0) return
    await browseUnheard(session.connection, async (messages, channel) => {
      for (const message of messages) {
        const { routingKey } = message.fields
        if (heard && !heard.has(routingKey)) continue
        await session.publisher.send('', queue, message.content, {
          messageId: message.properties.messageId as string,
        })
        channel.ack(message)
      }
    })
  }

  async function receive(session: RabbitSession, channel: Channel, message: ConsumeMessage): Promise<void> {
    const outcome = await handle(message, () => session.isOpen())
    if (!session.isOpen()) return
    if (outcome.kind === 'abandoned') return
    if (outcome.kind === 'not-yet') await putAside(session, message, outcome.reason)
    if (outcome.kind === 'dead') await bury(session, message, outcome.error, outcome.attempts)
    channel.ack(message)
  }

  async function handle(message: ConsumeMessage, isWanted: () => boolean): Promise<Outcome> {
    let envelope: Envelope
    try {
      envelope = parseEnvelope(JSON.parse(message.content.toString('utf8')))
    } catch (error) {
      return { kind: 'dead', error: `Not an event: ${String(error)}`.slice(0, 2_000), attempts: 1 }
    }
    // A binding of an earlier version of this consumer.
    if (heard && !heard.has(envelope.type)) return { kind: 'handled' }
    return deliver(envelope, isWanted)
  }

  async function putAside(session: RabbitSession, message: ConsumeMessage, reason: string): Promise<void> {
    const times = Number(message.properties.headers?.[headerNames.postponed] ?? 0) + 1
    if (times > retry.postponements) {
      await bury(session, message, reason, times)
      return
    }
    const exchange = await session.holdExchange('retry', backOffMs(retry, times))
    await session.publisher.send(exchange, queue, message.content, {
      messageId: String(message.properties.messageId),
      headers: { [headerNames.postponed]: times },
    })
  }

  async function bury(
    session: RabbitSession,
    message: ConsumeMessage,
    error: string,
    attempts: number,
  ): Promise<void> {
    const eventId = String(message.properties.messageId ?? randomUUID())
    log.error({ queue: subscription.queue, eventId, attempts }, `Dead letter: ${error}`)
    await session.publisher.send('', names.deadLetters, message.content, {
      messageId: deadLetterId(subscription.queue, eventId),
      type: message.fields.routingKey,
      headers: {
        [headerNames.queue]: subscription.queue,
        [headerNames.error]: error,
        [headerNames.attempts]: attempts,
        [headerNames.failedAt]: new Date().toISOString(),
      },
    })
  }

  return {
    subscription,
    inFlight,
    start: (session, lost) => {
      const known = started.get(session) ?? read(session, lost)
      started.set(session, known)
      return known
    },
    stop: async () => {
      await stopReading?.()
    },
  }
}
