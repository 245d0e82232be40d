import type { Logger } from '../log/logger.ts'
import type { Bus, DeadLetter, Subscription } from './bus.ts'
import { folderDeadLetters } from './dead-letter-folder.ts'
import { deadLetterId, memoryDeadLetters } from './dead-letter-store.ts'
import { createDeliver, type Deliver } from './deliver.ts'
import type { Envelope } from './envelope.ts'
import { createInFlight } from './in-flight.ts'
import { pause } from './pause.ts'
import { backOffMs, defaultRetry, type RetryPolicy } from './retry-policy.ts'

interface Queue {
  subscription: Subscription
  deliver: Deliver
}

const longestTimerMs = 2 ** 31 - 1

/**
 * The bus of a house that runs in one process. "Published" means that every queue has handled or dead-lettered the
 * event, so a publisher that waits cannot run ahead of its consumers, and a crash loses nothing that was not published.
 */
export function createInProcessBus(options: {
  log: Logger
  deadLetterFolder?: string
  retry?: Partial<RetryPolicy>
}): Bus {
  const { log } = options
  const retry = { ...defaultRetry, ...options.retry }
  const store = options.deadLetterFolder ? folderDeadLetters(options.deadLetterFolder) : memoryDeadLetters()
  const queues = new Map<string, Queue>()
  const closing = new AbortController()
  const inFlight = createInFlight()
  const delayed = new Set<NodeJS.Timeout>()
  const replaying = new Set<string>()

  /** Resolves when the queue is done with the event; rejects when the bus closed first. */
  async function deliverTo(queue: Queue, envelope: Envelope): Promise<'handled' | 'dead'> {
    const name = queue.subscription.queue
    for (let postponed = 1; ; postponed++) {
      let outcome = await queue.deliver(envelope, () => true)
      if (outcome.kind === 'handled') return 'handled'
      if (outcome.kind === 'abandoned') throw new Error('The bus was closed before the event was handled')
      if (outcome.kind === 'not-yet' && postponed > retry.postponements) {
        outcome = { kind: 'dead', error: outcome.reason, attempts: postponed }
      }
      if (outcome.kind === 'dead') {
        const { error, attempts } = outcome
        log.error(
          { queue: name, type: envelope.type, eventId: envelope.eventId, attempts },
          `Dead letter: ${error}`,
        )
        const failedAt = new Date().toISOString()
        const id = deadLetterId(name, envelope.eventId)
        await store.add({ id, queue: name, envelope, error, attempts, failedAt })
        return 'dead'
      }
      await pause(backOffMs(retry, postponed), closing.signal)
    }
  }

  async function deliverToAll(envelope: Envelope): Promise<void> {
    // Each queue gets its own copy, as off the wire: no consumer sees what another did to it.
    const text = JSON.stringify(envelope)
    const deliveries = [...queues.values()]
      .filter(({ subscription: { types } }) => types === 'every' || types.includes(envelope.type))
      .map((queue) => deliverTo(queue, JSON.parse(text) as Envelope))
    await allOrFirstError(deliveries)
  }

  function deliverLater(envelope: Envelope, delayMs: number): void {
    const step = Math.min(delayMs, longestTimerMs)
    const timer = setTimeout(() => {
      delayed.delete(timer)
      if (delayMs > step) {
        deliverLater(envelope, delayMs - step)
        return
      }
      inFlight.track(deliverToAll(envelope)).catch((error: unknown) => {
        log.warn(
          { err: error, type: envelope.type, eventId: envelope.eventId },
          'A delayed event was dropped',
        )
      })
    }, step)
    timer.unref()
    delayed.add(timer)
  }

  return {
    publish: async (envelope, { delayMs = 0 } = {}) => {
      if (closing.signal.aborted) throw new Error('The bus is closed')
      if (delayMs > 0) deliverLater(envelope, delayMs)
      else await inFlight.track(deliverToAll(envelope))
    },
    subscribe: async (subscription) => {
      if (queues.has(subscription.queue)) throw new Error(`Queue ${subscription.queue} is subscribed already`)
      queues.set(subscription.queue, {
        subscription,
        deliver: createDeliver(subscription, retry, closing.signal),
      })
    },
    deadLetters: {
      list: async (query) => {
        const letters = await store.list({ ...query, limit: query.limit + replaying.size })
        return letters.filter(({ id }) => !replaying.has(id)).slice(0, query.limit)
      },
      replay: async (id) => {
        const letter = replaying.has(id) ? null : await store.find(id)
        if (!letter || replaying.has(id)) return false
        const queue = queues.get(letter.queue)
        if (!queue) throw new Error(`Nobody reads queue ${letter.queue}`)
        // Kept until it is handled, only hidden: a crash in between loses nothing.
        replaying.add(id)
        inFlight.track(replay(queue, letter)).catch((error: unknown) => {
          log.warn({ err: error, queue: letter.queue }, 'A replay did not finish; the dead letter stays')
        })
        return true
      },
    },
    idle: () => inFlight.idle(),
    healthy: () => !closing.signal.aborted,
    close: async () => {
      closing.abort()
      for (const timer of delayed) clearTimeout(timer)
      delayed.clear()
      await inFlight.idle()
    },
  }

  async function replay(queue: Queue, { id, envelope }: DeadLetter): Promise<void> {
    try {
      // Dead again: then it has replaced itself, and stays.
      if ((await deliverTo(queue, envelope)) === 'handled') await store.remove(id)
    } finally {
      replaying.delete(id)
    }
  }
}

/** Waits for all, so that nothing is still running when the caller hears of a failure. */
async function allOrFirstError(work: Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) {
    if (result.status === 'rejected') throw result.reason
  }
}
