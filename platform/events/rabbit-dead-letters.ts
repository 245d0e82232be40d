import type { ConsumeMessage } from 'amqplib'
import { createBrowse } from './rabbit-browse.ts'
import type { DeadLetter, DeadLetters } from './bus.ts'
import { deadLetterId } from './dead-letter-store.ts'
import { type Envelope, parseEnvelope } from './envelope.ts'
import type { RabbitNames } from './rabbit-names.ts'
import { headerNames } from './rabbit-reader.ts'
import type { RabbitSession } from './rabbit-session.ts'

/**
 * The dead letters of all processes on this exchange. Looking takes the messages out and gives them back, so only one
 * may look at a time; the 1,000 oldest are looked at.
 */
export function createRabbitDeadLetters(
  names: RabbitNames,
  prefix: string,
  getSession: () => Promise<RabbitSession>,
): DeadLetters {
  const browse = createBrowse(names.deadLetters, 1_000)

  return {
    list: async ({ limit, queue }) => {
      const session = await getSession()
      return browse(session.connection, async (messages) => {
        const letters = messages.map((message) => readLetter(message, prefix))
        return letters
          .filter((letter) => queue === undefined || letter.queue === queue)
          .sort((a, b) => a.failedAt.localeCompare(b.failedAt))
          .slice(0, limit)
      })
    },
    replay: async (id) => {
      const session = await getSession()
      return browse(session.connection, async (messages, channel) => {
        const message = messages.find((candidate) => readLetter(candidate, prefix).id === id)
        if (!message) return false
        const { queue, envelope } = readLetter(message, prefix)
        const target = names.queue(queue)
        const sent = await session.publisher.send('', target, message.content, {
          messageId: envelope.eventId,
        })
        if (!sent.routed) throw new Error(`There is no queue ${queue}`)
        channel.ack(message)
        return true
      })
    },
  }
}

function readLetter(message: ConsumeMessage, prefix: string): DeadLetter {
  const headers = message.properties.headers ?? {}
  const envelope = readEnvelope(message)
  // Without our headers the broker itself put it here: handed out too often without an answer.
  const death = headers['x-death']?.[0]
  const known = headers[headerNames.queue] as string | undefined
  const queue = known ?? (death?.queue ?? '').slice(prefix.length)
  const messageId = String(message.properties.messageId)
  return {
    id: known === undefined ? deadLetterId(queue, messageId) : messageId,
    queue,
    envelope,
    error: String(
      headers[headerNames.error] ?? `The reader ended without an answer (${death?.reason ?? 'unknown'})`,
    ),
    attempts: Number(headers[headerNames.attempts] ?? death?.count ?? 0),
    failedAt: String(headers[headerNames.failedAt] ?? timeOf(death?.time)),
  }
}

/** amqplib hands an AMQP timestamp out as `{ value: seconds }`. */
function timeOf(timestamp: unknown): string {
  const seconds = (timestamp as { value?: number } | undefined)?.value
  return new Date((seconds ?? 0) * 1_000).toISOString()
}

/** What is no event is shown as one whose payload is the text. */
function readEnvelope(message: ConsumeMessage): Envelope {
  const text = message.content.toString('utf8')
  try {
    return parseEnvelope(JSON.parse(text))
  } catch {
    return {
      eventId: String(message.properties.messageId),
      type: String(message.properties.type ?? 'unreadable'),
      schemaVersion: 0,
      aggregateType: 'unreadable',
      aggregateId: '',
      sequence: 0,
      occurredAt: new Date(0).toISOString(),
      correlationId: '',
      causationId: null,
      traceparent: null,
      actor: null,
      market: null,
      payload: text.slice(0, 10_000),
    }
  }
}
