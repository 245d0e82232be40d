// Against a real broker: runs when TEST_AMQP_URL names one. Every name in the broker has a prefix of its own.
import { randomUUID } from 'node:crypto'
import { type ChannelModel, connect } from 'amqplib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { silentLogger } from '../log/logger.ts'
import { type TcpProxy, startTcpProxy } from '../testing/tcp-proxy.ts'
import type { Bus } from './bus.ts'
import { envelope, quickRetry } from '../testing/sample-envelope.ts'
import { busContract } from './bus.contract.ts'
import { connectRabbitBus } from './rabbit-bus.ts'
import { deleteRabbitBus } from './rabbit-cleanup.ts'
import { rabbitNames } from './rabbit-names.ts'

const amqpUrl = process.env.TEST_AMQP_URL ?? ''
const prefixes: string[] = []

function newPrefix(): string {
  const prefix = `test-${randomUUID()}.`
  prefixes.push(prefix)
  return prefix
}

describe.runIf(amqpUrl)('on RabbitMQ', () => {
  let broker: ChannelModel
  const open: Bus[] = []
  const proxies: TcpProxy[] = []

  beforeAll(async () => {
    broker = await connect(amqpUrl)
  })

  afterEach(async () => {
    for (const bus of open.splice(0)) await bus.close()
    for (const proxy of proxies.splice(0)) await proxy.close()
  })

  afterAll(async () => {
    for (const prefix of prefixes) {
      await deleteRabbitBus({
        url: amqpUrl,
        prefix,
        queues: ['a', 'b', 'c'],
        retry: quickRetry,
        delaysMs: [200, 600],
      })
    }
    await broker.close()
  })

  async function start(
    prefix: string,
    options: Partial<Parameters<typeof connectRabbitBus>[0]> = {},
  ): Promise<Bus> {
    const bus = await connectRabbitBus({
      url: amqpUrl,
      prefix,
      log: silentLogger,
      retry: quickRetry,
      ...options,
    })
    open.push(bus)
    return bus
  }

  async function startProxy(): Promise<TcpProxy> {
    const proxy = await startTcpProxy(amqpUrl)
    proxies.push(proxy)
    return proxy
  }

  busContract('RabbitMQ bus', () =>
    connectRabbitBus({ url: amqpUrl, prefix: newPrefix(), log: silentLogger, retry: quickRetry }),
  )

  test('a queue keeps its events while nobody reads it', async () => {
    const prefix = newPrefix()
    const first = await start(prefix)
    await first.subscribe({ queue: 'a', types: 'every', handle: async () => undefined })
    await first.close()
    const publisher = await start(prefix)
    const event = envelope()
    await publisher.publish(event)
    const second = await start(prefix)
    const got = Promise.withResolvers<string>()
    await second.subscribe({
      queue: 'a',
      types: 'every',
      handle: async ({ eventId }) => got.resolve(eventId),
    })
    expect(await got.promise).toBe(event.eventId)
  })

  test('an event published before any queue existed reaches the first one that hears it', async () => {
    const prefix = newPrefix()
    const publisher = await start(prefix)
    const event = envelope()
    await publisher.publish(event)
    await publisher.publish(envelope({ type: 'other' }))
    const consumer = await start(prefix)
    const got: string[] = []
    await consumer.subscribe({
      queue: 'a',
      types: ['thing.happened'],
      handle: async ({ eventId }) => void got.push(eventId),
    })
    await expect.poll(() => got).toEqual([event.eventId])
    const later: string[] = []
    await consumer.subscribe({
      queue: 'b',
      types: ['other'],
      handle: async ({ type }) => void later.push(type),
    })
    await expect.poll(() => later).toEqual(['other'])
  })

  test('a lost connection comes back: nothing is lost, and publishing goes on', async () => {
    const prefix = newPrefix()
    const proxy = await startProxy()
    const bus = await start(prefix, { url: proxy.url })
    const handled = new Set<unknown>()
    await bus.subscribe({
      queue: 'a',
      types: 'every',
      handle: async ({ payload }) => void handled.add(payload),
    })
    for (let n = 0; n < 200; n++) {
      if (n % 50 === 25) proxy.cut()
      for (;;) {
        try {
          await bus.publish(envelope({ payload: n }))
          break
        } catch {
          // Not certain: publish again, as the relay does.
        }
      }
    }
    await expect.poll(() => handled.size, { timeout: 8_000 }).toBe(200)
    expect(proxy.connections).toBeGreaterThan(3)
  })

  test('an event in hand when the connection is lost is handled again', async () => {
    const prefix = newPrefix()
    const proxy = await startProxy()
    const bus = await start(prefix, { url: proxy.url })
    let runs = 0
    await bus.subscribe({
      queue: 'a',
      types: ['thing.happened'],
      handle: async () => {
        if (++runs > 1) return
        // The broker has answered what was sent before: an acknowledgement ahead of its time would have arrived.
        await bus.publish(envelope({ type: 'nobody.hears' }))
        proxy.cut()
      },
    })
    await bus.publish(envelope()).catch(() => undefined)
    await expect.poll(() => runs, { timeout: 5_000 }).toBe(2)
  })

  test('a confirm that never comes rejects in time and the connection is built anew', async () => {
    const prefix = newPrefix()
    const proxy = await startProxy()
    const bus = await start(prefix, { url: proxy.url, confirmTimeoutMs: 300 })
    proxy.freeze()
    await expect(bus.publish(envelope())).rejects.toThrow(/confirm in time|connection was lost/)
    expect(bus.healthy()).toBe(false)
    proxy.thaw()
    await expect.poll(() => bus.healthy(), { timeout: 5_000 }).toBe(true)
    await bus.publish(envelope())
  })

  test('a set-up that takes too long counts as lost', async () => {
    const prefix = newPrefix()
    const proxy = await startProxy()
    proxy.freeze()
    const starting = start(prefix, { url: proxy.url, setUpTimeoutMs: 200 })
    await expect.poll(() => proxy.connections, { timeout: 5_000 }).toBeGreaterThan(1)
    proxy.thaw()
    expect((await starting).healthy()).toBe(true)
  })

  test('a broker that cannot be reached fails the start with a sentence without the password', async () => {
    await expect(
      connectRabbitBus({ url: 'amqp://u:secret@127.0.0.1:1', log: silentLogger, connectTimeoutMs: 200 }),
    ).rejects.toThrow(/^(?!.*secret).*not connected/)
  })

  test('a queue deleted under its reader is declared and read again', async () => {
    const prefix = newPrefix()
    const bus = await start(prefix)
    const handled: unknown[] = []
    await bus.subscribe({
      queue: 'a',
      types: 'every',
      handle: async ({ payload }) => void handled.push(payload),
    })
    const channel = await broker.createChannel()
    await channel.deleteQueue(rabbitNames(prefix, 'maison.events').queue('a'))
    await expect.poll(() => bus.healthy()).toBe(false)
    await expect.poll(() => bus.healthy(), { timeout: 5_000 }).toBe(true)
    await bus.publish(envelope({ payload: 'after' }))
    await expect.poll(() => handled).toEqual(['after'])
    await channel.close()
  })

  test('two processes share a queue: each event is handled by one of them', async () => {
    const prefix = newPrefix()
    const handled: string[] = []
    for (const process of ['one', 'two']) {
      const bus = await start(prefix)
      await bus.subscribe({
        queue: 'a',
        types: 'every',
        concurrency: 1,
        handle: async () => {
          handled.push(process)
          await new Promise((resolve) => setTimeout(resolve, 5))
        },
      })
    }
    const publisher = await start(prefix)
    await Promise.all(Array.from({ length: 40 }, () => publisher.publish(envelope())))
    await expect.poll(() => handled.length).toBe(40)
    expect(new Set(handled).size).toBe(2)
  })

  test('what is no event goes to the dead letters with its text', async () => {
    const prefix = newPrefix()
    const bus = await start(prefix)
    await bus.subscribe({ queue: 'a', types: 'every', handle: async () => undefined })
    const channel = await broker.createConfirmChannel()
    channel.publish(rabbitNames(prefix, 'maison.events').exchange, 'thing.happened', Buffer.from('{"no'), {})
    await channel.waitForConfirms()
    await channel.close()
    await expect.poll(async () => (await bus.deadLetters.list({ limit: 1 })).length).toBe(1)
    const [letter] = await bus.deadLetters.list({ limit: 1 })
    expect(letter?.envelope.payload).toBe('{"no')
    expect(letter?.error).toContain('Not an event')
  })

  test('an event whose reader always dies ends in the dead letters', async () => {
    const prefix = newPrefix()
    const bus = await start(prefix)
    await bus.subscribe({ queue: 'a', types: 'every', handle: async () => undefined })
    await bus.close()
    const watcher = await start(prefix)
    const event = envelope()
    await watcher.publish(event)
    const queue = rabbitNames(prefix, 'maison.events').queue('a')
    for (let death = 0; death <= 21; death++) {
      const channel = await broker.createChannel()
      const got = await channel.get(queue, { noAck: false })
      await channel.close()
      if (!got) break
    }
    await expect
      .poll(async () => (await watcher.deadLetters.list({ limit: 1 })).length, { timeout: 8_000 })
      .toBe(1)
    const [letter] = await watcher.deadLetters.list({ limit: 1 })
    expect(letter).toMatchObject({ queue: 'a', envelope: event })
    expect(letter?.error).toContain('delivery_limit')
    expect(Date.parse(letter?.failedAt ?? '')).toBeGreaterThan(Date.now() - 60_000)
  })

  // Confirmed one by one, about 280 a second, these would take twice the time a test has.
  test('a window of confirms carries ten thousand events', async () => {
    const bus = await start(newPrefix())
    const heard = new Set<string>()
    await bus.subscribe({
      queue: 'a',
      types: 'every',
      handle: async ({ eventId }) => void heard.add(eventId),
    })
    await Promise.all(Array.from({ length: 10_000 }, () => bus.publish(envelope())))
    await expect.poll(() => heard.size, { timeout: 15_000 }).toBe(10_000)
  })
})
