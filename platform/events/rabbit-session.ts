import type { Channel, ChannelModel } from 'amqplib'
import { holdQueueOptions, type RabbitNames } from './rabbit-names.ts'
import { createRabbitPublisher, type RabbitPublisher } from './rabbit-publisher.ts'
import { declareBase } from './rabbit-topology.ts'

/** What is built on one connection; gone with it. */
export interface RabbitSession {
  readonly connection: ChannelModel
  readonly publisher: RabbitPublisher
  /** For declarations. */
  readonly channel: Channel
  isOpen(): boolean
  /** A channel whose loss counts as the loss of the connection. */
  openChannel(): Promise<Channel>
  /** The exchange of a queue that holds messages back for `ms`; declared when first needed. */
  holdExchange(kind: 'delay' | 'retry', ms: number): Promise<string>
  end(why: unknown): void
}

export async function openRabbitSession(
  connection: ChannelModel,
  names: RabbitNames,
  confirmTimeoutMs: number,
  lost: (why: unknown) => void,
): Promise<RabbitSession> {
  let open = true
  const holds = new Map<string, Promise<string>>()
  const confirms = watch(await connection.createConfirmChannel())
  const channel = watch(await connection.createChannel())
  await declareBase(channel, names)

  function watch<C extends Channel>(opened: C): C {
    opened.on('error', lost)
    opened.on('close', () => {
      lost(new Error('a channel was closed'))
    })
    return opened
  }

  async function declareHold(kind: 'delay' | 'retry', ms: number): Promise<string> {
    const name = names.hold(kind, ms)
    await channel.assertExchange(name, 'fanout', { durable: true })
    await channel.assertQueue(name, holdQueueOptions(names, kind, ms))
    await channel.bindQueue(name, name, '')
    return name
  }

  const publisher = createRabbitPublisher(confirms, confirmTimeoutMs, lost)
  return {
    connection,
    channel,
    publisher,
    isOpen: () => open,
    openChannel: async () => watch(await connection.createChannel()),
    holdExchange: (kind, ms) => {
      const name = names.hold(kind, ms)
      const known = holds.get(name) ?? declareHold(kind, ms)
      holds.set(name, known)
      return known
    },
    end: (why) => {
      open = false
      publisher.rejectAll(why)
    },
  }
}
