import { afterAll, beforeAll, expect, test } from 'vitest'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { type House, openHouse } from './house.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(async () => {
  await house.close()
})

test('shoppers who order the same piece again and again at once: nothing is taken twice, every answer has its type', async () => {
  const variantId = await house.sell({ 'PAR-DC': 3, 'LYO-DC': 3 })
  const shoppers = Array.from({ length: 20 }, () => testIdentity())
  const answers = await Promise.all(
    Array.from({ length: 80 }, (_, index) => house.place(house.orderOf(variantId), shoppers[index % 20])),
  )
  const kinds = new Map<string, number>()
  for (const { kind } of answers) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  expect([...kinds.keys()].sort()).toEqual(['OutOfStockError', 'PlaceOrderSuccess'])
  expect(await house.level(variantId)).toEqual({ onHand: 6, reserved: 6, committed: 0 })
}, 120_000)

test('a buyer who waits for a level that is being filled gets the new pieces', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  await house.placed(house.orderOf(variantId))
  const filling = await house.database.pool.connect()
  await filling.query('BEGIN')
  await filling.query('UPDATE stock_levels SET on_hand = on_hand + 1 WHERE variant_id = $1', [variantId])
  const waiting = house.place(house.orderOf(variantId))
  await untilBlocked()
  await filling.query('COMMIT')
  filling.release()
  expect(await waiting).toMatchObject({ kind: 'PlaceOrderSuccess' })
})

/** Resolves when some session of this database waits for a row that another one holds. */
async function untilBlocked(): Promise<void> {
  for (;;) {
    const { rowCount } = await house.database.pool.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (rowCount) return
  }
}
