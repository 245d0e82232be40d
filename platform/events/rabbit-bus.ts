import type { Logger } from '../log/logger.ts'
import type { Bus, Subscription } from './bus.ts'
import { createInFlight } from './in-flight.ts'
import { pause } from './pause.ts'
import { createRabbitDeadLetters } from './rabbit-dead-letters.ts'
import { createRabbitLink } from './rabbit-link.ts'
import { rabbitNames, roundUpDelay } from './rabbit-names.ts'
import { createRabbitReader, type RabbitReader } from './rabbit-reader.ts'
import { openRabbitSession, type RabbitSession } from './rabbit-session.ts'
import { defaultRetry, type RetryPolicy } from './retry-policy.ts'
import { createSlots } from './slots.ts'

interface RabbitBusOptions {
  url: string
  log: Logger
  exchange?: string
  /** Before every name in the broker. */
  prefix?: string
  retry?: Partial<RetryPolicy>
  /** Publishes that may wait for their confirm at once: one by one gives 280 a second, a few hundred give 25,000. */
  window?: number
  confirmTimeoutMs?: number
  setUpTimeoutMs?: number
  /** How long the first connection may take before connecting fails. */
  connectTimeoutMs?: number
}

/**
 * The bus on RabbitMQ (3.10 and later): one topic exchange, a quorum queue per consumer, confirmed publishes. A lost
 * connection or channel, a cancelled consumer and a slow set-up are all treated alike: everything is built anew.
 */
export async function connectRabbitBus(options: RabbitBusOptions): Promise<Bus> {
  const { log, prefix = '', confirmTimeoutMs = 10_000 } = options
  const retry = { ...defaultRetry, ...options.retry }
  const names = rabbitNames(prefix, options.exchange ?? 'maison.events')
  const readers = new Map<string, RabbitReader>()
  const closing = new AbortController()
  const slots = createSlots(options.window ?? 500)
  const publishing = createInFlight()
  const losing = new WeakMap<RabbitSession, (why: unknown) => void>()

  const link = createRabbitLink<RabbitSession>({
    url: options.url,
    log,
    setUpTimeoutMs: options.setUpTimeoutMs ?? 8_000,
    open: async (connection, lost) => {
      const session = await openRabbitSession(connection, names, confirmTimeoutMs, lost)
      losing.set(session, lost)
      await Promise.all([...readers.values()].map((reader) => reader.start(session, lost)))
      return session
    },
    onLost: (session, why) => {
      session.end(why)
    },
  })
  try {
    await link.session(options.connectTimeoutMs ?? 60_000)
  } catch (error) {
    await link.close()
    throw error
  }

  async function publish(type: string, eventId: string, content: Buffer, delayMs: number): Promise<void> {
    const giveBack = await slots.take()
    try {
      const session = await link.session(confirmTimeoutMs)
      const exchange =
        delayMs > 0 ? await session.holdExchange('delay', roundUpDelay(delayMs)) : names.exchange
      await session.publisher.send(exchange, type, content, { messageId: eventId, type })
    } finally {
      giveBack()
    }
  }

  async function subscribe(subscription: Subscription): Promise<void> {
    if (readers.has(subscription.queue)) throw new Error(`Queue ${subscription.queue} is subscribed already`)
    const reader = createRabbitReader({ subscription, names, retry, closing: closing.signal, log })
    readers.set(subscription.queue, reader)
    for (let attempt = 1; ; attempt++) {
      const session = await link.session(30_000)
      try {
        await reader.start(session, losing.get(session) ?? (() => undefined))
        return
      } catch (error) {
        if (attempt >= 5) throw error
        await pause(100 * attempt, closing.signal)
      }
    }
  }

  return {
    publish: async (envelope, { delayMs = 0 } = {}) => {
      if (closing.signal.aborted) throw new Error('The bus is closed')
      const content = Buffer.from(JSON.stringify(envelope))
      await publishing.track(publish(envelope.type, envelope.eventId, content, delayMs))
    },
    subscribe,
    deadLetters: createRabbitDeadLetters(names, prefix, () => link.session(confirmTimeoutMs)),
    idle: async () => {
      const all = [publishing, ...[...readers.values()].map((reader) => reader.inFlight)]
      while (all.some(({ count }) => count > 0)) await Promise.all(all.map((one) => one.idle()))
    },
    healthy: () => link.healthy(),
    close: async () => {
      // A half-open connection never answers.
      const stopped = Promise.allSettled([...readers.values()].map((reader) => reader.stop()))
      await Promise.race([stopped, pause(2_000)])
      closing.abort()
      const drained = [publishing, ...[...readers.values()].map((reader) => reader.inFlight)]
      await Promise.race([Promise.all(drained.map((one) => one.idle())), pause(confirmTimeoutMs)])
      await link.close()
    },
  }
}
