import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { quickRetry } from '#platform/testing/sample-envelope.ts'
import type { Bus } from '#platform/events/bus.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Envelope } from '#platform/events/envelope.ts'
import { createInProcessBus } from '#platform/events/in-process-bus.ts'
import { connectRabbitBus } from '#platform/events/rabbit-bus.ts'
import { deleteRabbitBus } from '#platform/events/rabbit-cleanup.ts'
import { runConsumers } from '#platform/events/run-consumers.ts'
import { silentLogger } from '#platform/log/logger.ts'
import { emit } from '#platform/outbox/emit.ts'
import { claim } from '#platform/outbox/outbox-rows.ts'
import { prune } from '#platform/outbox/prune.ts'
import { startRelay, type Relay } from '#platform/outbox/relay.ts'
import { counted } from './counted.ts'
import { connectTo, type EventDatabase, type Tx } from './event-client.ts'
import { clear, openEventDatabase } from './event-database.ts'

let database: EventDatabase
let url: string
let close: () => Promise<void>
const buses: Bus[] = []
const relays: Relay[] = []

beforeAll(async () => {
  ;({ database, url, close } = await openEventDatabase())
})
beforeEach(() => clear(database))
afterEach(async () => {
  for (const bus of buses.splice(0)) await bus.close()
  for (const relay of relays.splice(0)) await relay.stop()
  await database.pool.query('drop trigger if exists refuse on outbox')
})
afterAll(() => close())

function inProcess(): Bus {
  const bus = createInProcessBus({ log: silentLogger, retry: quickRetry })
  buses.push(bus)
  return bus
}

function relay(bus: Bus, options: { sweepMs?: number; leaseMs?: number; window?: number } = {}): Relay {
  const started = startRelay({ pool: database.pool, bus, log: silentLogger, sweepMs: 50, ...options })
  relays.push(started)
  return started
}

async function record(bus: Bus): Promise<Envelope[]> {
  const told: Envelope[] = []
  await bus.subscribe({ queue: 'recorder', types: 'every', handle: async (event) => void told.push(event) })
  return told
}

const tell = (aggregateId: string, n: number): Promise<string> =>
  database.transact((tx) => emit(tx, counted, { aggregateId, payload: { n } }))

const listener = (name: string, order: 'any' | 'latest' | 'every') =>
  defineConsumer({
    name,
    hears: [counted],
    order,
    handle: async ({ aggregateId, sequence, payload }, tx: Tx) => {
      await tx.$executeRaw`
        insert into heard (consumer, aggregate_id, sequence, payload)
        values (${name}, ${aggregateId}, ${sequence}::bigint, ${JSON.stringify(payload)}::jsonb)`
    },
  })

async function heard(consumer: string): Promise<Map<string, number[]>> {
  const { rows } = await database.pool.query<{ aggregate_id: string; sequence: string }>(
    'select aggregate_id, sequence from heard where consumer = $1 order by id',
    [consumer],
  )
  const byAggregate = Map.groupBy(rows, (row) => row.aggregate_id)
  return new Map([...byAggregate].map(([id, of]) => [id, of.map(({ sequence }) => Number(sequence))]))
}

const amqpUrl = process.env.TEST_AMQP_URL
const prefix = `test-${randomUUID()}.`
const kinds: [string, () => Promise<Bus>][] = [['in process', async () => inProcess()]]
if (amqpUrl) {
  kinds.push([
    'over RabbitMQ',
    async () => {
      const bus = await connectRabbitBus({ url: amqpUrl, prefix, log: silentLogger, retry: quickRetry })
      buses.push(bus)
      return bus
    },
  ])
  afterAll(() =>
    deleteRabbitBus({ url: amqpUrl, prefix, queues: ['t.any', 't.latest', 't.every'], retry: quickRetry }),
  )
}

describe.each(kinds)('many writers, two relays, %s', (_kind, makeBus) => {
  test('each consumer hears every event once and in order', async () => {
    const bus = await makeBus()
    const other = amqpUrl && _kind !== 'in process' ? await makeBus() : bus
    const consumers = [listener('t.any', 'any'), listener('t.latest', 'latest'), listener('t.every', 'every')]
    await runConsumers({ bus, database, consumers, log: silentLogger })
    // A small window, so that the relays take turns within an aggregate.
    const both = [relay(bus, { window: 7 }), relay(other, { window: 7 })]
    const aggregates = Array.from({ length: 6 }, (_, index) => `aggregate-${String(index)}`)
    await Promise.all(
      Array.from({ length: 12 }, async (_, writer) => {
        for (let n = 0; n < 25; n++) {
          await tell(aggregates[(writer + n) % aggregates.length] ?? '', n)
          both[n % 2]?.nudge()
        }
      }),
    )
    for (const one of both) await one.idle()
    const expected = Array.from({ length: 50 }, (_, index) => index + 1)
    for (const consumer of ['t.any', 't.latest', 't.every']) {
      await expect
        .poll(async () => Object.fromEntries(await heard(consumer)), { timeout: 10_000 })
        .toEqual(Object.fromEntries(aggregates.map((id) => [id, expected])))
    }
    expect(await bus.deadLetters.list({ limit: 10 })).toEqual([])
  })
})

describe('relay', () => {
  test('an event published and not marked is published again, and applied once', async () => {
    const bus = inProcess()
    const told = await record(bus)
    await runConsumers({ bus, database, consumers: [listener('any', 'any')], log: silentLogger })
    // As if it were killed between publish and mark: the mark never gets through.
    await database.pool.query(`
      create or replace function refuse() returns trigger language plpgsql as
        $$ begin if new.sent_at is not null then raise 'killed'; end if; return new; end $$;
      create trigger refuse before update on outbox for each row execute function refuse()`)
    await tell('a', 1)
    const first = relay(bus)
    await expect.poll(() => told.length).toBeGreaterThan(1)
    await database.pool.query('drop trigger refuse on outbox')
    await first.idle()
    expect(Object.fromEntries(await heard('any'))).toEqual({ a: [1] })
  })

  test('rows of a relay that died are published when its lease runs out, not before', async () => {
    const bus = inProcess()
    const told = await record(bus)
    await tell('a', 1)
    await tell('a', 2)
    const taken = await claim(database.pool, 10, 400)
    expect(taken.map(({ envelope }) => envelope.sequence)).toEqual([1, 2])
    const takenAt = performance.now()
    await tell('a', 3)
    await tell('b', 1)
    const second = relay(bus)
    await expect.poll(() => told.length).toBe(1)
    // The third event is nobody's, and must still wait for the first two.
    expect(told[0]?.aggregateId).toBe('b')
    await second.idle()
    expect(performance.now() - takenAt).toBeGreaterThan(380)
    expect(told.slice(1).map(({ sequence }) => sequence)).toEqual([1, 2, 3])
  })

  test('what one process hands over at its commit never overtakes what another has told before', async () => {
    const bus = inProcess()
    const told = await record(bus)
    const databases = [database, connectTo(url)]
    relays.push(...databases.map(({ pool }) => startRelay({ pool, bus, log: silentLogger, sweepMs: 50 })))
    const writers = Array.from({ length: 12 }, async (_, writer) => {
      for (let n = 0; n < 30; n++) {
        await databases[(writer + n) % 2]?.transact((tx) =>
          emit(tx, counted, { aggregateId: `aggregate-${String(n % 3)}`, payload: { n } }),
        )
      }
    })
    await Promise.all(writers)
    await expect.poll(() => told.length, { timeout: 10_000 }).toBe(360)
    for (const of of Map.groupBy(told, ({ aggregateId }) => aggregateId).values()) {
      expect(of.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 120 }, (_, n) => n + 1))
    }
    for (const one of relays.splice(0)) await one.stop()
    await databases[1]?.close()
  })

  test('two relays never hold rows of the same aggregate', async () => {
    for (let n = 0; n < 30; n++) await tell(`a${String(n % 3)}`, n)
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(database.pool, 4, 10_000)))
    const owners = claims.map((rows) => new Set(rows.map(({ aggregate }) => aggregate)))
    const all = owners.flatMap((names) => [...names])
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBeGreaterThan(0)
  })

  test('thousands of events are taken at once after statistics of a quiet moment', async () => {
    const { pool } = database
    const insert = (type: string, rows: number, sentAt: Date | null) =>
      pool.query(
        `insert into outbox (event_id, type, aggregate_type, aggregate_id, sequence, envelope, sent_at)
         select gen_random_uuid(), 'counted', $1, (n % 2500)::text, n, '{}', $3 from generate_series(1, $2::int) n`,
        [type, rows, sentAt],
      )
    await insert('Quiet', 2_000, new Date())
    await pool.query('analyze outbox')
    await insert('Busy', 5_000, null)
    // Joins of the unsent rows are planned as nested loops now: they ran into the statement timeout.
    const first = await claim(pool, 400, 60_000)
    const second = await claim(pool, 400, 60_000)
    expect([first.length, second.length]).toEqual([400, 400])
    const taken = new Set(first.map((row) => row.aggregate))
    expect(second.filter((row) => taken.has(row.aggregate))).toEqual([])
  })

  test('a slow event keeps its lease and is not taken by another relay', async () => {
    const bus = inProcess()
    const go = Promise.withResolvers<undefined>()
    let runs = 0
    await bus.subscribe({
      queue: 'slow',
      types: 'every',
      handle: async () => {
        runs++
        await go.promise
      },
    })
    await tell('a', 1)
    const both = [relay(bus, { leaseMs: 300 }), relay(bus, { leaseMs: 300 })]
    await expect.poll(() => runs).toBe(1)
    // Held for several leases.
    const until = performance.now() + 1_000
    await expect.poll(() => performance.now() > until, { timeout: 2_000 }).toBe(true)
    go.resolve(undefined)
    for (const one of both) await one.idle()
    expect(runs).toBe(1)
  })

  test('a bus that is away delays and loses nothing', async () => {
    const away = inProcess()
    await away.close()
    const failing = relay(away)
    for (let n = 0; n < 5; n++) await tell('a', n)
    failing.nudge()
    await expect
      .poll(async () => (await database.pool.query('select 1 from outbox where attempts > 0')).rowCount)
      .toBeGreaterThan(0)
    expect(await failing.oldestUnsentMs()).toBeGreaterThan(0)
    await failing.stop()
    const bus = inProcess()
    const told = await record(bus)
    const working = relay(bus)
    await working.idle()
    expect(told.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5])
    expect(await working.oldestUnsentMs()).toBe(0)
  })

  test('stopping gives back what is not published, for the next relay to take at once', async () => {
    const bus = createInProcessBus({
      log: silentLogger,
      retry: { ...quickRetry, firstMs: 60_000, maxMs: 60_000 },
    })
    await bus.subscribe({
      queue: 'broken',
      types: 'every',
      handle: async () => {
        throw new Error('not now')
      },
    })
    await tell('a', 1)
    const first = relay(bus)
    await expect
      .poll(async () => (await database.pool.query('select 1 from outbox where attempts > 0')).rowCount)
      .toBe(1)
    await bus.close()
    await first.stop()
    const next = inProcess()
    const told = await record(next)
    await relay(next).idle()
    expect(told.length).toBe(1)
  })

  test('sent rows go after seven days and old inbox notes after thirty', async () => {
    await tell('a', 1)
    await tell('a', 2)
    await database.pool.query(`update outbox set sent_at = now() - interval '8 days' where sequence = 1`)
    await database.pool.query(`update outbox set sent_at = now() - interval '6 days' where sequence = 2`)
    await database.pool.query(`insert into inbox values
      ('x', '00000000-0000-7000-8000-000000000001'), ('y', '00000000-0000-7000-8000-000000000001'),
      ('y', 'ffffffff-0000-7000-8000-000000000001')`)
    await prune(database.pool)
    expect((await database.pool.query('select sequence::int from outbox')).rows).toEqual([{ sequence: 2 }])
    expect((await database.pool.query('select consumer from inbox')).rows).toEqual([{ consumer: 'y' }])
  })
})
