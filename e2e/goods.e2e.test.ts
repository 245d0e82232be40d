import { randomUUID } from 'node:crypto'
import { beforeAll, expect, inject, test } from 'vitest'
import { asker, type Ask, enterAsGuest, eventually } from './door.ts'
import { holdSeconds } from './house-process.ts'
import {
  learnTotal,
  pay,
  placed,
  placeOrder,
  readOrder,
  readVariants,
  type PlaceOrderResult,
  type Variant,
} from './shopping.ts'

const url = inject('houseUrl')

let guest: { ask: Ask }
let repeated: Variant
let rushed: Variant
let expiring: Variant

beforeAll(async () => {
  guest = await enterAsGuest(url)
  ;[repeated, rushed, expiring] = await findUntouched()
})

/**
 * Variants that no other test buys: those take the first that can be bought, these are the last ones. Fewer than 10
 * pieces, since the page tells no more than 10.
 */
async function findUntouched(): Promise<[Variant, Variant, Variant]> {
  const fitting = (await readVariants(asker(url))).filter(
    ({ price, availability: { quantity } }) => price !== null && quantity >= 3 && quantity < 10,
  )
  const [first, second, third] = fitting.slice(-3)
  if (!first || !second || !third) throw new Error('The demo catalogue has too few pieces to count')
  return [first, second, third]
}

/** Pieces of a variant that France can buy, up to 10, as the product page tells it. */
async function availableOf({ id }: Variant): Promise<number> {
  const variants = await readVariants(asker(url))
  return variants.find((variant) => variant.id === id)?.availability.quantity ?? -1
}

test('the same order sent 20 times at once is one order', async () => {
  const lines = [{ variantId: repeated.id, quantity: 1 }]
  const key = randomUUID()
  const expectedTotal = await learnTotal(guest.ask, lines)
  const results = await Promise.all(
    Array.from({ length: 20 }, () => placeOrder(guest.ask, lines, { idempotencyKey: key, expectedTotal })),
  )
  const ids = new Set(
    results.map((result) =>
      result.__typename === 'PlaceOrderSuccess' ? result.order.id : result.__typename,
    ),
  )
  expect(ids.size).toBe(1)
})

/** As a shopper's page does in a rush: told that the house is busy, it sends the same order with the same key again. */
async function untilAnswered(
  ask: Ask,
  lines: { variantId: string; quantity: number }[],
  input: { expectedTotal: string; idempotencyKey: string },
): Promise<PlaceOrderResult> {
  return eventually(() => placeOrder(ask, lines, input), 50_000)
}

test('200 orders at once for the pieces left: exactly the pieces are held, and the rest are told', async () => {
  const pieces = rushed.availability.quantity
  const buyers = await Promise.all(Array.from({ length: 20 }, () => enterAsGuest(url)))
  const lines = [{ variantId: rushed.id, quantity: 1 }]
  const expectedTotal = await learnTotal(guest.ask, lines)
  const results = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const { ask } = buyers[index % buyers.length] ?? guest
      return { ask, result: await untilAnswered(ask, lines, { expectedTotal, idempotencyKey: randomUUID() }) }
    }),
  )
  const kinds = new Set(results.map(({ result }) => result.__typename))
  expect(kinds).toEqual(new Set(['PlaceOrderSuccess', 'OutOfStockError']))
  expect(await availableOf(rushed)).toBe(0)
  // Who orders again before paying gives the earlier pieces back: of each buyer one order holds, at most.
  const statuses = await Promise.all(
    results.map(async ({ ask, result }) =>
      result.__typename === 'PlaceOrderSuccess' ? (await readOrder(ask, result.order.id)).status : null,
    ),
  )
  expect(statuses.filter((status) => status === 'UNCONFIRMED')).toHaveLength(pieces)
})

test('an order left unpaid expires and frees its goods', async () => {
  const { order, paymentTicket } = await placed(guest.ask, [{ variantId: expiring.id, quantity: 1 }])
  expect(order.status).toBe('UNCONFIRMED')
  await eventually(
    async () => {
      expect((await readOrder(guest.ask, order.id)).status).toBe('EXPIRED')
    },
    (holdSeconds + 15) * 1000,
  )
  await eventually(async () => {
    expect(await availableOf(expiring)).toBe(expiring.availability.quantity)
  })
  await expect(pay(url, guest.ask, paymentTicket, '4242424242424242')).rejects.toThrow('TicketInvalidError')
})
