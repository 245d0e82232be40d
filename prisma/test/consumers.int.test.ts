import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { currentContext } from '#platform/context/request-context.ts'
import { envelope, quickRetry } from '#platform/testing/sample-envelope.ts'
import type { Bus } from '#platform/events/bus.ts'
import { type ConsumerOrder, defineConsumer } from '#platform/events/consumer.ts'
import { defineEvent } from '#platform/events/define-event.ts'
import { createInProcessBus } from '#platform/events/in-process-bus.ts'
import { runConsumers } from '#platform/events/run-consumers.ts'
import { silentLogger } from '#platform/log/logger.ts'
import { emit } from '#platform/outbox/emit.ts'
import { startTcpProxy } from '#platform/testing/tcp-proxy.ts'
import { counted } from './counted.ts'
import { connectTo, type EventDatabase, type Tx } from './event-client.ts'
import { clear, openEventDatabase } from './event-database.ts'

const ended = defineEvent({
  type: 'thing.ended',
  aggregateType: 'Thing',
  payload: z.object({ why: z.string() }),
})

let database: EventDatabase
let close: () => Promise<void>
let url: string
let bus: Bus

beforeAll(async () => {
  ;({ database, url, close } = await openEventDatabase())
})
beforeEach(async () => {
  await clear(database)
  bus = createInProcessBus({ log: silentLogger, retry: quickRetry })
})
afterEach(() => bus.close())
afterAll(() => close())

const event = (sequence: number, aggregateId = 'a') =>
  envelope({ type: 'thing.counted', aggregateId, sequence, payload: { n: sequence } })

async function write(tx: Tx, n: number): Promise<void> {
  await tx.$executeRaw`insert into heard (sequence) values (${n}::bigint)`
}

async function written(): Promise<number[]> {
  const { rows } = await database.pool.query<{ n: number }>(
    'select sequence::int as n from heard order by id',
  )
  return rows.map(({ n }) => n)
}

async function listen(order: ConsumerOrder, before: (n: number) => void = () => undefined): Promise<void> {
  const consumer = defineConsumer({
    name: 't.things',
    hears: [counted],
    order,
    handle: async ({ payload }, tx: Tx) => {
      await write(tx, payload.n)
      before(payload.n)
    },
  })
  await runConsumers({ bus, database, consumers: [consumer], log: silentLogger })
}

test.each<ConsumerOrder>(['any', 'latest', 'every'])(
  'a repeated event is applied once (%s)',
  async (order) => {
    await listen(order)
    const first = event(1)
    await Promise.all([bus.publish(first), bus.publish(first), bus.publish(first)])
    expect(await written()).toEqual([1])
  },
)

test('an effect that fails leaves neither itself nor the note, and is tried again', async () => {
  let runs = 0
  await listen('any', () => {
    if (++runs < 3) throw new Error('not now')
  })
  await bus.publish(event(1))
  expect(runs).toBe(3)
  expect(await written()).toEqual([1])
})

test('any: an older event is applied too', async () => {
  await listen('any')
  for (const n of [2, 1]) await bus.publish(event(n))
  expect(await written()).toEqual([2, 1])
})

test('latest: an older event is ignored, a gap is not waited for', async () => {
  await listen('latest')
  for (const n of [2, 1, 5, 3, 6]) await bus.publish(event(n))
  expect(await written()).toEqual([2, 5, 6])
})

test('latest: aggregates have their own positions', async () => {
  await listen('latest')
  await bus.publish(event(7, 'a'))
  await bus.publish(event(3, 'b'))
  expect(await written()).toEqual([7, 3])
})

test('every: an event that comes too early is applied after the missing one', async () => {
  await listen('every')
  const early = [3, 2].map((n) => bus.publish(event(n)))
  await expect.poll(async () => (await database.pool.query('select from inbox')).rowCount).toBe(0)
  expect(await written()).toEqual([])
  await bus.publish(event(1))
  await Promise.all(early)
  expect(await written()).toEqual([1, 2, 3])
})

test('every: an older event is ignored', async () => {
  await listen('every')
  for (const n of [1, 2]) await bus.publish(event(n))
  await bus.publish({ ...event(1), payload: { n: 99 } })
  expect(await written()).toEqual([1, 2])
})

test('a payload that does not fit is a dead letter at once', async () => {
  await listen('any')
  await bus.publish({ ...event(1), payload: { n: 'one' } })
  const [letter] = await bus.deadLetters.list({ limit: 1 })
  expect(letter).toMatchObject({ queue: 't.things', attempts: 1 })
  expect(letter?.error).toContain('thing.counted')
  expect(await written()).toEqual([])
})

test('a consumer of several events tells them apart by type', async () => {
  const seen: (number | string)[] = []
  const consumer = defineConsumer({
    name: 't.both',
    hears: [counted, ended],
    handle: async (heard, _tx: Tx) => {
      if (heard.type === 'thing.counted') seen.push(heard.payload.n)
      else seen.push(heard.payload.why)
    },
  })
  await runConsumers({ bus, database, consumers: [consumer], log: silentLogger })
  await bus.publish(event(1))
  await bus.publish(envelope({ type: 'thing.ended', payload: { why: 'enough' } }))
  expect(seen).toEqual([1, 'enough'])
})

test('what a consumer tells belongs to the event it heard', async () => {
  const consumer = defineConsumer({
    name: 't.answers',
    hears: 'every',
    handle: async ({ aggregateId }, tx: Tx) => {
      await emit(tx, counted, { aggregateId, payload: { n: 1 } })
      expect(currentContext().actor).toEqual({ type: 'customer', id: 'c' })
    },
  })
  await runConsumers({ bus, database, consumers: [consumer], log: silentLogger })
  const cause = { ...event(1), actor: { type: 'customer' as const, id: 'c' }, traceparent: '00-a-b-01' }
  await bus.publish(cause)
  const { rows } = await database.pool.query<{ envelope: object }>('select envelope from outbox')
  expect(rows.map((row) => row.envelope)).toMatchObject([
    {
      correlationId: cause.correlationId,
      causationId: cause.eventId,
      traceparent: '00-a-b-01',
      actor: cause.actor,
    },
  ])
})

test('with the database away events wait and none becomes a dead letter', async () => {
  const proxy = await startTcpProxy(url)
  const remote = connectTo(proxy.url)
  let runs = 0
  const consumer = defineConsumer({
    name: 't.things',
    hears: [counted],
    handle: async ({ payload }, tx: Tx) => {
      runs++
      await write(tx, payload.n)
    },
  })
  await runConsumers({ bus, database: remote, consumers: [consumer], log: silentLogger })
  await bus.publish(event(1))
  proxy.refuse()
  const attempts = proxy.connections
  const published = bus.publish(event(2))
  // More often than the tries of an event that fails.
  await expect
    .poll(() => proxy.connections - attempts, { timeout: 5_000 })
    .toBeGreaterThan(2 * quickRetry.tries)
  expect(runs).toBe(1)
  proxy.accept()
  await published
  expect(await written()).toEqual([1, 2])
  expect(await bus.deadLetters.list({ limit: 1 })).toEqual([])
  await remote.close()
  await proxy.close()
})
