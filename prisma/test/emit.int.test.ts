import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { runInContext } from '#platform/context/request-context.ts'
import type { Envelope } from '#platform/events/envelope.ts'
import { emit } from '#platform/outbox/emit.ts'
import { counted } from './counted.ts'
import type { EventDatabase } from './event-client.ts'
import { clear, openEventDatabase } from './event-database.ts'

let database: EventDatabase
let close: () => Promise<void>

beforeAll(async () => {
  ;({ database, close } = await openEventDatabase())
})
beforeEach(() => clear(database))
afterAll(() => close())

async function told(): Promise<Envelope[]> {
  const { rows } = await database.pool.query<{ envelope: Envelope }>(
    'select envelope from outbox order by id',
  )
  return rows.map(({ envelope }) => envelope)
}

test('an event carries everything its consumers may need', async () => {
  const actor = { type: 'staff' as const, id: 'clerk' }
  const eventId = await runInContext(
    { correlationId: 'corr', causationId: 'cause', traceparent: '00-a-b-01', actor },
    () => database.transact((tx) => emit(tx, counted, { aggregateId: 'a', payload: { n: 7 }, market: 'FR' })),
  )
  expect(await told()).toEqual([
    {
      eventId,
      type: 'thing.counted',
      schemaVersion: 1,
      aggregateType: 'Thing',
      aggregateId: 'a',
      sequence: 1,
      occurredAt: expect.any(String) as string,
      correlationId: 'corr',
      causationId: 'cause',
      traceparent: '00-a-b-01',
      actor,
      market: 'FR',
      payload: { n: 7 },
    },
  ])
})

test('a rolled back transaction tells nothing and leaves no gap', async () => {
  const tell = (n: number) =>
    database.transact((tx) => emit(tx, counted, { aggregateId: 'a', payload: { n } }))
  await tell(1)
  await expect(
    database.transact(async (tx) => {
      await emit(tx, counted, { aggregateId: 'a', payload: { n: 2 } })
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')
  await tell(3)
  expect((await told()).map(({ sequence, payload }) => [sequence, payload])).toEqual([
    [1, { n: 1 }],
    [2, { n: 3 }],
  ])
})

test('writers of one aggregate at the same time get numbers without gaps, in the order of the rows', async () => {
  await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      database.transact((tx) => emit(tx, counted, { aggregateId: 'a', payload: { n } })),
    ),
  )
  const sequences = (await told()).map(({ sequence }) => sequence)
  expect(sequences).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
})

test('a payload that breaks its contract is never told', async () => {
  const wrong = { n: 'one' } as unknown as { n: number }
  await expect(
    database.transact((tx) => emit(tx, counted, { aggregateId: 'a', payload: wrong })),
  ).rejects.toThrow('expected number')
  expect(await told()).toEqual([])
})
