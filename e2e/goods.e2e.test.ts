import { randomUUID } from 'node:crypto'
import { beforeAll, expect, inject, test } from 'vitest'
import { asker, type Ask, enterAsGuest, eventually } from './door.ts'
import { holdSeconds } from './house-process.ts'
import {
  findVariant,
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

beforeAll(async () => {
  guest = await enterAsGuest(url)
})

/** Pieces of a variant that France can buy, up to 10, as the product page tells it. */
async function availableOf({ id }: Variant): Promise<number> {
  const variants = await readVariants(asker(url))
  return variants.find((variant) => variant.id === id)?.availability.quantity ?? -1
}

test('the same order sent 20 times at once is one order', async () => {
  const variant = await findVariant(asker(url), 3)
  const lines = [{ variantId: variant.id, quantity: 1 }]
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

test('200 buyers at once for the pieces left: exactly so many orders, and the rest are told', async () => {
  const stocked = await findVariant(asker(url), 5)
  const buyers = await Promise.all(Array.from({ length: 20 }, () => enterAsGuest(url)))
  const lines = [{ variantId: stocked.id, quantity: 1 }]
  const expectedTotal = await learnTotal(guest.ask, lines)
  const results = await Promise.all(
    Array.from({ length: 200 }, (_, index) => {
      const { ask } = buyers[index % buyers.length] ?? guest
      return untilAnswered(ask, lines, { expectedTotal, idempotencyKey: randomUUID() })
    }),
  )
  const sold = results.filter((result) => result.__typename === 'PlaceOrderSuccess').length
  const refused = results.filter((result) => result.__typename === 'OutOfStockError').length
  expect(sold + refused).toBe(200)
  expect(refused).toBeGreaterThan(0)
  await eventually(async () => {
    expect(await availableOf(stocked)).toBe(0)
  })
})

test('an order left unpaid expires and frees its goods', async () => {
  const variant = await findVariant(asker(url), 1)
  const before = await availableOf(variant)
  const { order, paymentTicket } = await placed(guest.ask, [{ variantId: variant.id, quantity: 1 }])
  expect(order.status).toBe('UNCONFIRMED')
  await eventually(
    async () => {
      expect((await readOrder(guest.ask, order.id)).status).toBe('EXPIRED')
    },
    (holdSeconds + 15) * 1000,
  )
  await eventually(async () => {
    expect(await availableOf(variant)).toBe(before)
  })
  await expect(pay(url, guest.ask, paymentTicket, '4242424242424242')).rejects.toThrow('TicketInvalidError')
})
