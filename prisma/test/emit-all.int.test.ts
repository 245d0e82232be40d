import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { emit } from '#platform/outbox/emit.ts'
import { emitAll } from '#platform/outbox/emit-all.ts'
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

async function told(): Promise<{ aggregateId: string; sequence: number; n: number; delayMs: number }[]> {
  const { rows } = await database.pool.query<{
    aggregateId: string
    sequence: number
    n: number
    delayMs: number
  }>(
    `select aggregate_id as "aggregateId", sequence::int, (envelope -> 'payload' ->> 'n')::int as n, delay_ms as "delayMs"
     from outbox where envelope ->> 'sequence' = sequence::text order by id`,
  )
  return rows
}

const message = (aggregateId: string, n: number) => ({ aggregateId, payload: { n } })

test('messages keep their order, also several of one aggregate, and go on after what was told before', async () => {
  await database.transact((tx) => emit(tx, counted, message('b', 0)))
  await database.transact((tx) =>
    emitAll(tx, counted, [
      message('b', 1),
      { ...message('a', 2), delayMs: 7 },
      message('b', 3),
      message('b', 4),
    ]),
  )
  expect(await told()).toEqual([
    { aggregateId: 'b', sequence: 1, n: 0, delayMs: 0 },
    { aggregateId: 'b', sequence: 2, n: 1, delayMs: 0 },
    { aggregateId: 'a', sequence: 1, n: 2, delayMs: 7 },
    { aggregateId: 'b', sequence: 3, n: 3, delayMs: 0 },
    { aggregateId: 'b', sequence: 4, n: 4, delayMs: 0 },
  ])
})

test('no message is no statement; a bad payload tells nothing', async () => {
  await database.transact((tx) => emitAll(tx, counted, []))
  const bad = [message('a', 1), { aggregateId: 'b', payload: { n: 'two' as unknown as number } }]
  await expect(database.transact((tx) => emitAll(tx, counted, bad))).rejects.toThrow()
  expect(await told()).toEqual([])
})

test('writers of the same aggregates in opposite orders all come through, without a gap', async () => {
  const ids = Array.from({ length: 700 }, (_, n) => `aggregate-${String(n)}`)
  const write = (order: readonly string[]) =>
    database.transact((tx) =>
      emitAll(
        tx,
        counted,
        order.map((id, n) => message(id, n)),
      ),
    )
  await Promise.all([write(ids), write(ids.toReversed()), write(ids), write(ids.toReversed())])
  const rows = await told()
  expect(rows).toHaveLength(2_800)
  expect(rows.filter((row) => row.sequence === 4)).toHaveLength(700)
  expect(Math.max(...rows.map((row) => row.sequence))).toBe(4)
})
