import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { countStatements } from './count-statements.ts'
import { type House, openHouse } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

async function placeAsGuest() {
  const variantId = await house.sell({ 'PAR-DC': 2 })
  const guest = testIdentity({ roles: ['GUEST'] })
  const input = house.orderOf(variantId)
  const place = () =>
    house.query<{ placeOrder: { orderReference: string; order: { id: string; number: string } } }>(
      `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
        ... on PlaceOrderSuccess { orderReference order { id number } } } }`,
      { input },
      guest,
    )
  const { orderReference: reference, order } = (await place()).data.placeOrder
  return { reference, order, place }
}

const open = (number: string, reference: string) =>
  house.query<{ orderByReference: { number: string; status: string; lines: { name: string }[] } | null }>(
    `query ($number: String!, $reference: String!) { orderByReference(number: $number, reference: $reference) {
      number status chargeStatus placedAt expiresAt lines { name quantity total { amount } } discount { amount } total { amount }
      deliveryStatuses timeline { type } } }`,
    { number, reference },
  )

test('a guest opens the order by its reference, without an account', async () => {
  const { reference, order, place } = await placeAsGuest()
  expect((await open(order.number, reference)).data.orderByReference).toMatchObject({
    number: order.number,
    status: 'UNCONFIRMED',
    lines: [{ name: 'Sac' }],
  })
  // The answer was lost: the same key gives the same reference.
  expect((await place()).data.placeOrder.orderReference).toBe(reference)
  expect(JSON.stringify(await house.order(order.id), (_, value: unknown) => String(value))).not.toContain(
    reference,
  )
  await house.settle()
  expect(JSON.stringify(house.published())).not.toContain(reference)
})

test('whatever is wrong, the answer and the work are the same', async () => {
  const mine = await placeAsGuest()
  const other = await placeAsGuest()
  const statements = new Set<number>()
  for (const [number, reference] of [
    [mine.order.number, other.reference],
    [mine.order.number, ''],
    [mine.order.number, 'x'.repeat(10_000)],
    ['FR-1', mine.reference],
    [uuidv7(), mine.reference],
    ["' OR 1=1 --", mine.reference],
  ] as const) {
    const answer = countStatements(house, async () => {
      expect(await open(number, reference)).toEqual({ data: { orderByReference: null } })
    })
    statements.add(await answer)
  }
  expect([...statements]).toEqual([1])
})

test('a reference shows neither who nor where', async () => {
  const { reference, order } = await placeAsGuest()
  const { errors } = await house.query(
    `query ($number: String!, $reference: String!) { orderByReference(number: $number, reference: $reference) {
      shippingAddress { name } } }`,
    { number: order.number, reference },
  )
  expect(errors?.[0]?.message).toContain('Cannot query field')
})
