// What each step of an order costs the database, and that it costs no more for a long order than for a short one.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderExpiryDue } from '#contracts/orders.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { countFewest } from '#platform/testing/count-statements.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { type House, openHouse } from './house.ts'

let house: House
let variants: string[]

beforeAll(async () => {
  house = await openHouse()
  variants = await Promise.all(Array.from({ length: 100 }, () => house.sell({ 'PAR-DC': 50 })))
  await house.settle()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

const times = [1, 2, 3]

function input(lines: number) {
  const wanted = variants.slice(0, lines).map((variantId) => ({ variantId, quantity: 1 }))
  const expectedTotal = String(12_000 * lines + (lines > 4 ? 0 : 1_500))
  return house.orderOf('', 1, { lines: wanted, expectedTotal })
}

/** Orders of so many lines, placed before: each of another shopper. */
async function placeThree(lines: number) {
  const orders: { order: Awaited<ReturnType<House['placed']>>; identity: ReturnType<typeof testIdentity> }[] =
    []
  for (const _ of times) {
    const identity = testIdentity()
    orders.push({ order: await house.placed(input(lines), identity), identity })
  }
  await house.settle()
  return orders
}

const cancelDocument = 'mutation ($id: ID!) { cancelOrder(id: $id) { __typename } }'
const referencesDocument = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Cart { quote { total { minorUnits } lines { quantity } } } } }`

/** Fewest statements of a step for so many lines. */
const steps: Record<string, { most: number; count: (lines: number) => Promise<number> }> = {
  'a quote': {
    most: 6,
    count: (lines) => {
      const cart = {
        __typename: 'Cart',
        id: uuidv7(),
        market: { id: 'FR' },
        lines: variants.slice(0, lines).map((id) => ({ id: uuidv7(), quantity: 1, variant: { id } })),
      }
      const ask = async () => {
        const { errors } = await house.query(referencesDocument, { representations: [cart] })
        expect(errors).toBeUndefined()
      }
      return countFewest(
        house.database,
        times.map(() => ask),
      )
    },
  },
  'placing an order': {
    most: 24,
    count: (lines) =>
      countFewest(
        house.database,
        times.map(() => () => house.placed(input(lines))),
      ),
  },
  'confirming a paid order': {
    most: 16,
    count: async (lines) => {
      const orders = await placeThree(lines)
      return countFewest(
        house.database,
        orders.map(
          ({ order }) =>
            () =>
              house.charge(order),
        ),
      )
    },
  },
  'calling an order off': {
    most: 18,
    count: async (lines) => {
      const orders = await placeThree(lines)
      return countFewest(
        house.database,
        orders.map(({ order, identity }) => async () => {
          const { data } = await house.query(cancelDocument, { id: order.id }, identity)
          expect(data.cancelOrder).toEqual({ __typename: 'CancelOrderSuccess' })
        }),
      )
    },
  },
  'the hint that a hold may end': {
    most: 4,
    count: async (lines) => {
      const orders = await placeThree(lines)
      return countFewest(
        house.database,
        orders.map(
          ({ order }) =>
            () =>
              hint(order.id),
        ),
      )
    },
  },
}

const hint = (orderId: string) =>
  house.publish(orderExpiryDue, { aggregateId: uuidv7(), payload: { orderId } })

test.each(Object.entries(steps))('%s takes as many statements for 100 lines as for one', async (_, step) => {
  const one = await step.count(1)
  expect(one).toBeLessThanOrEqual(step.most)
  expect(await step.count(100)).toBe(one)
})

test('the end of an unpaid order takes as many statements for 100 lines as for one', async () => {
  const [short] = await placeThree(1)
  const [long] = await placeThree(100)
  if (!short || !long) throw new Error('Nothing was placed')
  house.clock.advance(15 * 60_000)
  const end = (orderId: string) => countFewest(house.database, [() => hint(orderId)])
  const one = await end(short.order.id)
  expect(await house.order(short.order.id)).toMatchObject({ status: 'EXPIRED' })
  const hundred = await end(long.order.id)
  expect(await house.order(long.order.id)).toMatchObject({ status: 'EXPIRED' })
  expect(hundred).toBe(one)
})
