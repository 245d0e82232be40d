import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { emit } from '#platform/outbox/emit.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
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

const request = { scope: 'count', key: 'k1', fingerprint: fingerprint({ n: 1 }) }

/** Writes an event under an idempotency key, then ends as told. */
const count = (end: (refuse: Refuse<'too many'>) => string) =>
  transactOrRefuse(database, async (tx, refuse: Refuse<'too many'>) => {
    const { result } = await once(tx, request, async () => {
      await emit(tx, counted, { aggregateId: 'a', payload: { n: 1 } })
      return end(refuse)
    })
    return result
  })

async function toldCount(): Promise<number> {
  return (await database.pool.query('select from outbox')).rowCount ?? 0
}

test('a refusal is returned, and nothing that was written stays: the key is good for another try', async () => {
  expect(await count((refuse) => refuse('too many'))).toBe('too many')
  expect(await toldCount()).toBe(0)
  expect(await count(() => 'counted')).toBe('counted')
  expect(await toldCount()).toBe(1)
})

test('a bug is thrown as it is, and undone as well', async () => {
  const bug = new Error('a bug')
  await expect(
    count(() => {
      throw bug
    }),
  ).rejects.toBe(bug)
  expect(await toldCount()).toBe(0)
})
