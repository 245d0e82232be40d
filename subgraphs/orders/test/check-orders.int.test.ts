import { afterAll, beforeAll, expect, test } from 'vitest'
import { reconciliationMismatched } from '#contracts/orders.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { type House, openHouse, support } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

interface Check {
  mismatches: { id: string; check: string; subject: string }[]
}

const check = async (identity = support) =>
  house.query<{ checkOrders: Check }>(
    `mutation { checkOrders { checkedAt mismatches { id check subject } } }`,
    {},
    identity,
  )

test('what does not hold is found at once and every night, under the same id', async () => {
  const order = await house.placed(house.orderOf(await house.sell({ 'PAR-DC': 1 })))
  expect((await check()).data.checkOrders.mismatches).toEqual([])
  // As if goods had been promised without a payment.
  await house.prisma.order.update({
    where: { id: order.id },
    data: { status: 'UNFULFILLED', expiresAt: null },
  })
  const found = (await check()).data.checkOrders.mismatches
  expect(found.map((mismatch) => [mismatch.check, mismatch.subject])).toEqual([
    ['every order has exactly the goods its status says', order.number],
    ['goods are promised only for money that is there or allowed', order.number],
  ])
  await house.runJob('check-invariants')
  await house.settle()
  const told = house.published(reconciliationMismatched)
  expect(told).toHaveLength(4)
  expect(told.every((event) => event.payload.orderId === order.id)).toBe(true)
  expect(new Set(told.map((event) => event.payload.mismatchId))).toEqual(new Set(found.map(({ id }) => id)))
})

test('only support may ask', async () => {
  for (const role of ['CUSTOMER', 'CLERK', 'COURIER'] as const)
    expect((await check(testIdentity({ roles: [role] }))).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
})
