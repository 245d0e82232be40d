import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import type { EventDatabase } from './event-client.ts'
import { clear, openEventDatabase } from './event-database.ts'

let database: EventDatabase
let close: () => Promise<void>

beforeAll(async () => {
  ;({ database, close } = await openEventDatabase())
})
beforeEach(() => clear(database))
afterAll(() => close())

const request = { scope: 'placeOrder', key: 'k1', fingerprint: fingerprint({ lines: 1 }) }
const doOnce = <T>(work: () => Promise<T>, of = request) => database.transact((tx) => once(tx, of, work))

test('twenty callers at once get one execution and one result', async () => {
  let executions = 0
  const results = await Promise.all(
    Array.from({ length: 20 }, () =>
      doOnce(async () => {
        executions++
        await new Promise((resolve) => setTimeout(resolve, 30))
        return { orderNumber: executions }
      }),
    ),
  )
  expect(executions).toBe(1)
  expect(results.map(({ result }) => result)).toEqual(Array.from({ length: 20 }, () => ({ orderNumber: 1 })))
  expect(results.filter(({ repeated }) => !repeated).length).toBe(1)
})

test('work that fails is forgotten: the next caller executes again', async () => {
  await expect(
    doOnce(async () => {
      throw new Error('out of stock')
    }),
  ).rejects.toThrow('out of stock')
  expect(await doOnce(async () => 'second')).toEqual({ result: 'second', repeated: false })
})

test('a caller that waits for one that dies executes itself', async () => {
  // A session that has written the key and goes without a commit, as a killed process does.
  const dying = await database.pool.connect()
  await dying.query('begin')
  await dying.query(`insert into idempotency_keys (scope, key, fingerprint) values ($1, $2, $3)`, [
    request.scope,
    request.key,
    request.fingerprint,
  ])
  const waiting = doOnce(async () => 'mine')
  const isWaiting = async (): Promise<number | null> =>
    (
      await database.pool.query(
        `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
    ).rowCount
  await expect.poll(isWaiting).toBe(1)
  dying.release(true)
  expect(await waiting).toEqual({ result: 'mine', repeated: false })
})

test('the same key for something else is refused', async () => {
  await doOnce(async () => 1)
  await expect(
    doOnce(async () => 2, { ...request, fingerprint: fingerprint({ lines: 2 }) }),
  ).rejects.toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
  })
})

test('the same key in another scope is another request', async () => {
  await doOnce(async () => 1)
  expect(await doOnce(async () => 2, { ...request, scope: 'cancelOrder' })).toEqual({
    result: 2,
    repeated: false,
  })
})

test('null is a result like any other', async () => {
  await doOnce(async () => null)
  expect(await doOnce(async () => 'never')).toEqual({ result: null, repeated: true })
})
