import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib'
import { pause } from './pause.ts'

type Look<T> = (messages: ConsumeMessage[], channel: Channel) => Promise<T>

/**
 * Takes up to `most` messages out of a queue, oldest first, shows them, and gives back what `look` did not acknowledge.
 * One at a time in all processes: a second one would see an empty queue.
 */
export type Browse = <T>(connection: ChannelModel, look: Look<T>) => Promise<T>

const silenceMs = 1_000

export function createBrowse(queue: string, most: number): Browse {
  let last: Promise<unknown> = Promise.resolve()

  async function browse<T>(connection: ChannelModel, look: Look<T>): Promise<T> {
    const unlock = await lock(connection, `${queue}.lock`)
    try {
      const channel = await connection.createChannel()
      channel.on('error', () => undefined)
      try {
        return await lookInto(channel, look)
      } finally {
        await channel.close().catch(() => undefined)
      }
    } finally {
      await unlock()
    }
  }

  async function lookInto<T>(channel: Channel, look: Look<T>): Promise<T> {
    const before = (await channel.checkQueue(queue)).messageCount
    const wanted = Math.min(before, most)
    if (wanted === 0) return look([], channel)
    const messages = await collect(channel, wanted)
    let taken = 0
    const ack = channel.ack.bind(channel)
    channel.ack = (message, allUpTo) => {
      taken++
      ack(message, allUpTo)
    }
    try {
      return await look(messages, channel)
    } finally {
      channel.nackAll(true)
      await untilBack(channel, before - taken)
    }
  }

  async function collect(channel: Channel, wanted: number): Promise<ConsumeMessage[]> {
    await channel.prefetch(wanted)
    const messages: ConsumeMessage[] = []
    const complete = Promise.withResolvers<undefined>()
    const quiet = setTimeout(() => {
      complete.resolve(undefined)
    }, silenceMs)
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (message) messages.push(message)
      quiet.refresh()
      if (!message || messages.length >= wanted) complete.resolve(undefined)
    })
    await complete.promise
    clearTimeout(quiet)
    await channel.cancel(consumerTag)
    return messages
  }

  /** A quorum queue takes messages back a moment later, and until then a look would find it empty. */
  async function untilBack(channel: Channel, count: number): Promise<void> {
    for (let wait = 5; wait < silenceMs; wait *= 2) {
      if ((await channel.checkQueue(queue)).messageCount >= count) return
      await pause(wait)
    }
  }

  return (connection, look) => {
    const mine = last.then(() => browse(connection, look))
    last = mine.catch(() => undefined)
    return mine
  }
}

/** An exclusive queue as a lock that the broker frees when its holder's connection ends. */
async function lock(connection: ChannelModel, name: string): Promise<() => Promise<void>> {
  for (let attempt = 1; ; attempt++) {
    const channel = await connection.createChannel()
    channel.on('error', () => undefined)
    try {
      await channel.assertQueue(name, { exclusive: true, durable: false })
      return async () => {
        await channel.deleteQueue(name).catch(() => undefined)
        await channel.close().catch(() => undefined)
      }
    } catch (error) {
      if (attempt >= 60) throw error
      await pause(50)
    }
  }
}
