import { afterAll, beforeAll, expect, test } from 'vitest'
import { testIdentity } from '#platform/testing/test-identity.ts'
import {
  type House,
  openHouse,
  openSecondProcess,
  placeOrderDocument,
  type PlaceOrderAnswer,
} from './house.ts'

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
  await filling.query(
    `INSERT INTO stock_movements (id, variant_id, warehouse_id, quantity, reason, at)
     SELECT gen_random_uuid(), variant_id, warehouse_id, 1, 'RECEIVED', now() FROM stock_levels WHERE variant_id = $1`,
    [variantId],
  )
  const waiting = house.place(house.orderOf(variantId))
  await untilBlocked()
  await filling.query('COMMIT')
  filling.release()
  expect(await waiting).toMatchObject({ kind: 'PlaceOrderSuccess' })
})

// With another 1,000 buyers each, see bench/checkout/rush.ts.
test.each([
  [1, 120],
  [10, 120],
  [100, 160],
])(
  '%i pieces, %i buyers at the doors of two processes: exactly as many orders as pieces',
  async (pieces, buyers) => {
    const second = await openSecondProcess(house)
    const half = Math.floor(pieces / 2)
    const variantId = await house.sell({ 'PAR-DC': pieces - half, ...(half > 0 && { 'LYO-DC': half }) })
    const doors = [house.query, second.query]
    const waiting = Array.from({ length: buyers }, (_, index) => index)
    const kinds: string[] = []
    const queue = async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const ask = doors[next % doors.length] ?? house.query
        const { data } = await ask<{ placeOrder: PlaceOrderAnswer }>(
          placeOrderDocument,
          { input: house.orderOf(variantId) },
          testIdentity(),
        )
        kinds.push(data.placeOrder.kind)
      }
    }
    await Promise.all(Array.from({ length: 24 }, queue))
    const count = (kind: string) => kinds.filter((one) => one === kind).length
    expect([count('PlaceOrderSuccess'), count('OutOfStockError')]).toEqual([pieces, buyers - pieces])
    expect(await house.level(variantId)).toEqual({ onHand: pieces, reserved: pieces, committed: 0 })
    expect(await house.violations()).toEqual([])
    await second.close()
  },
)

test('whoever forgets to look first is stopped by the database: nothing is promised twice', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1 })
  const take = 'UPDATE stock_levels SET reserved = reserved + 1 WHERE variant_id = $1'
  await house.database.pool.query(take, [variantId])
  await expect(house.database.pool.query(take, [variantId])).rejects.toThrow('stock_levels_not_oversold')
  await house.database.pool.query('UPDATE stock_levels SET reserved = 0 WHERE variant_id = $1', [variantId])
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
