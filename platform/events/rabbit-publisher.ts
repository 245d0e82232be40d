import type { ConfirmChannel, Message, Options } from 'amqplib'

/** Publishes on one confirm channel. Whatever is not confirmed is rejected, at the latest after the time limit. */
export interface RabbitPublisher {
  /**
   * Resolves with whether a queue took it, when the broker has it safe. An empty `exchange` means the queue named by
   * `routingKey`.
   */
  send(
    exchange: string,
    routingKey: string,
    content: Buffer,
    options: Options.Publish,
  ): Promise<{ routed: boolean }>
  rejectAll(why: unknown): void
}

interface Waiting {
  messageId: string
  routed: boolean
  timer: NodeJS.Timeout
  resolve(result: { routed: boolean }): void
  reject(error: Error): void
}

/** `lost` hears of a confirm that never came: amqplib would wait for it for ever. */
export function createRabbitPublisher(
  channel: ConfirmChannel,
  confirmTimeoutMs: number,
  lost: (why: unknown) => void,
): RabbitPublisher {
  const waiting = new Set<Waiting>()

  // The broker returns an unroutable message before it confirms it.
  channel.on('return', (message: Message) => {
    for (const entry of waiting) {
      if (entry.messageId === message.properties.messageId) entry.routed = false
    }
  })

  function settle(entry: Waiting, error: Error | null): void {
    if (!waiting.delete(entry)) return
    clearTimeout(entry.timer)
    if (error) entry.reject(error)
    else entry.resolve({ routed: entry.routed })
  }

  return {
    send: (exchange, routingKey, content, options) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          lost(new Error(`no confirm within ${String(confirmTimeoutMs)} ms`))
          settle(entry, new Error('The broker did not confirm in time'))
        }, confirmTimeoutMs)
        const entry: Waiting = {
          messageId: String(options.messageId),
          routed: true,
          timer,
          resolve,
          reject,
        }
        waiting.add(entry)
        try {
          channel.publish(
            exchange,
            routingKey,
            content,
            { ...options, mandatory: true, persistent: true, contentType: 'application/json' },
            (error: unknown) => {
              settle(entry, error ? new Error('The broker did not take the message', { cause: error }) : null)
            },
          )
        } catch (error) {
          settle(entry, new Error('The channel is closed', { cause: error }))
        }
      }),
    rejectAll: (why) => {
      for (const entry of waiting) settle(entry, new Error('The broker connection was lost', { cause: why }))
    },
  }
}
