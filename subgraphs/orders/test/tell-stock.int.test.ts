import { afterAll, beforeAll, expect, test } from 'vitest'
import { stockChanged } from '#contracts/orders.ts'
import { type House, openHouse } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

test('changes in two warehouses at once: the last one told counts both', async () => {
  const variantId = await house.sell({ 'PAR-DC': 1, 'LYO-DC': 1 })
  for (let round = 1; round <= 10; round++) {
    await Promise.all(
      ['PAR-DC', 'LYO-DC'].flatMap((warehouse) => [
        house.receive(warehouse, variantId, 1),
        house.receive(warehouse, variantId, 1),
      ]),
    )
    await house.settle()
    const told = house.published(stockChanged).findLast((event) => event.payload.variantId === variantId)
    expect(told?.payload.markets).toEqual([
      { marketId: 'FR', available: 2 + 4 * round },
      { marketId: 'US', available: 1 + 2 * round },
    ])
  }
})
