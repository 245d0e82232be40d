import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cartChanged } from '#contracts/cart.ts'
import { orderPlaced } from '#contracts/orders.ts'
import type { Envelope } from '#platform/events/envelope.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { countFewest } from '#platform/testing/count-statements.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { type Access, accessTo, startTestCart, type TestCart } from './start-test-cart.ts'

let cart: TestCart
beforeAll(async () => {
  cart = await startTestCart()
})
afterAll(async () => {
  await cart.close()
})

function place(
  cartId: string | null,
  customerRef: string | null,
  lines: [string, number][],
): Promise<Envelope> {
  const orderId = uuidv7()
  const now = new Date().toISOString()
  return cart.publish(orderPlaced, {
    aggregateId: orderId,
    payload: {
      orderId,
      number: 'FR-100001',
      customerRef,
      marketId: 'FR',
      currency: 'EUR',
      channel: 'WEB',
      shopId: null,
      locale: 'en',
      subtotalMinor: '0',
      shippingMinor: '0',
      taxMinor: '0',
      discountMinor: '0',
      taxIncluded: true,
      totalMinor: '0',
      placedAt: now,
      expiresAt: now,
      cartId,
      lines: lines.map(([variantId, quantity]) => ({
        lineId: uuidv7(),
        variantId,
        productId: uuidv7(),
        sku: 'BAG',
        name: 'Bag',
        category: 'bags',
        quantity,
        unitPriceMinor: '0',
        totalMinor: '0',
        discountMinor: '0',
        taxMinor: '0',
      })),
    },
  })
}

async function linesOf(access: Access, identity: ReturnType<typeof testIdentity> | null = null) {
  const found = await cart.find(access, identity)
  return found?.lines.map((line) => [line.variant.id, line.quantity])
}

test('a line is set, removed, and setting it again changes nothing', async () => {
  const added = await cart.add({ quantity: 2 })
  const access = accessTo(added)
  const line = { cart: access, lineId: added.cart?.lines[0]?.id }
  expect((await cart.updateLine({ ...line, quantity: 7 })).cart).toMatchObject({
    totalQuantity: 7,
    version: 2,
  })
  expect((await cart.updateLine({ ...line, quantity: 7 })).cart?.version).toBe(2)
  expect((await cart.updateLine({ ...line, quantity: 0 })).cart).toMatchObject({ lines: [], version: 3 })
  expect((await cart.updateLine({ ...line, quantity: 0 })).cart?.version).toBe(3)
  const gone = await cart.updateLine({ ...line, quantity: 1 })
  expect(gone).toMatchObject({ __typename: 'InvalidInputError', field: 'lineId' })
})

test('a line is changed only by who may use its cart', async () => {
  const mine = await cart.add()
  const theirs = await cart.add()
  const lineId = theirs.cart?.lines[0]?.id
  const wrongToken = { id: accessTo(theirs).id, token: accessTo(mine).token }
  expect((await cart.updateLine({ cart: wrongToken, lineId, quantity: 5 })).__typename).toBe(
    'CartNotFoundError',
  )
  const throughMine = await cart.updateLine({ cart: accessTo(mine), lineId, quantity: 5 })
  expect(throughMine).toMatchObject({ __typename: 'InvalidInputError', field: 'lineId' })
  expect((await cart.updateLine({ cart: accessTo(mine), lineId, quantity: 0 })).__typename).toBe(
    'CartSuccess',
  )
  expect(await cart.find(accessTo(theirs))).toMatchObject({ totalQuantity: 1 })
})

test.each([-1, 100, 2_147_483_647])('a line of %d pieces is refused', async (quantity) => {
  const added = await cart.add()
  const refused = await cart.updateLine({
    cart: accessTo(added),
    lineId: added.cart?.lines[0]?.id,
    quantity,
  })
  expect(refused).toMatchObject({ __typename: 'InvalidInputError', field: 'quantity' })
})

test('a cart changes its market', async () => {
  const access = accessTo(await cart.add())
  const changed = await cart.changeMarket({ cart: access, market: 'JP' })
  expect(changed.cart).toMatchObject({ market: { id: 'JP' }, version: 2 })
  expect((await cart.changeMarket({ cart: access, market: 'JP' })).cart?.version).toBe(2)
  const stranger = await cart.changeMarket({ cart: { id: access.id }, market: 'FR' })
  expect(stranger.__typename).toBe('CartNotFoundError')
  for (const market of ['ZZ', '', '\0']) {
    await expect(cart.changeMarket({ cart: access, market })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    })
  }
})

test('signing in merges the anonymous cart once, and its token opens nothing any more', async () => {
  const person = testIdentity()
  await cart.add({ variantId: cart.variant(0), quantity: 60 }, person)
  const access = accessTo(await cart.add({ variantId: cart.variant(0), quantity: 60, market: 'JP' }))
  await cart.add({ cart: access, variantId: cart.variant(1), quantity: 2 })
  const answers = await Promise.all(Array.from({ length: 10 }, () => cart.merge({ ...access }, person)))
  const versions = new Set(answers.map((answer) => answer.cart?.version))
  expect([...versions]).toEqual([2])
  expect(answers[0]?.cart).toMatchObject({
    totalQuantity: 101,
    market: { id: 'FR' },
    lines: [{ quantity: 99 }, { quantity: 2 }],
  })
  expect(await cart.find(access)).toBeNull()
  expect((await cart.add({ cart: access })).__typename).toBe('CartNotFoundError')
  await cart.settle()
  const told = cart.published(cartChanged).filter((event) => event.aggregateId === access.id)
  expect(told.at(-1)?.payload.lines).toEqual([])
})

test('somebody without a cart takes over the anonymous one with its market', async () => {
  const person = testIdentity()
  const access = accessTo(await cart.add({ market: 'JP' }))
  const merged = await cart.merge({ ...access }, person)
  expect(merged.cart).toMatchObject({ totalQuantity: 1, market: { id: 'JP' } })
  expect((await cart.merge({ id: merged.cart?.id }, person)).cart?.version).toBe(merged.cart?.version)
})

test('a cart is merged only with its token, by one person', async () => {
  const access = accessTo(await cart.add())
  const notThere = async (input: Record<string, unknown>, person = testIdentity()) => {
    expect((await cart.merge(input, person)).__typename).toBe('CartNotFoundError')
  }
  await notThere({ id: access.id })
  await notThere({ id: access.id, token: 'guessed' })
  await notThere({ id: 'nonsense' })
  await notThere({ id: uuidv7(), token: access.token })
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => cart.merge({ ...access }, testIdentity())),
  )
  expect(answers.filter((answer) => answer.__typename === 'CartSuccess')).toHaveLength(1)
  await expect(cart.merge({ ...access })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})

test('a merged cart has 100 lines at most', async () => {
  const person = testIdentity()
  for (let i = 0; i < 99; i++) await cart.add({ variantId: cart.variant(i) }, person)
  const access = accessTo(await cart.add({ variantId: cart.variant(100) }))
  await cart.add({ cart: access, variantId: cart.variant(101) })
  const merged = await cart.merge({ ...access }, person)
  expect(merged.cart?.lines).toHaveLength(100)
  expect(merged.cart?.lines.at(-1)?.variant.id).toBe(cart.variant(100))
})

test('what was ordered leaves its cart once; what came meanwhile stays', async () => {
  const person = testIdentity()
  const added = await cart.add({ variantId: cart.variant(0), quantity: 2 }, person)
  const access = { id: added.cart?.id ?? '' }
  await cart.add({ variantId: cart.variant(1), quantity: 5 }, person)
  await cart.add({ variantId: cart.variant(2) }, person)
  const event = await place(access.id, person.userId, [
    [cart.variant(0), 2],
    [cart.variant(1), 3],
  ])
  expect(await linesOf(access, person)).toEqual([
    [cart.variant(1), 2],
    [cart.variant(2), 1],
  ])
  await cart.parts.bus.publish(event)
  expect((await linesOf(access, person))?.[0]).toEqual([cart.variant(1), 2])
})

test('an order of somebody else, or of no cart, leaves a cart alone', async () => {
  const person = testIdentity()
  const access = { id: (await cart.add({}, person)).cart?.id ?? '' }
  await place(access.id, uuidv7(), [[cart.variant(0), 1]])
  await place(null, person.userId, [[cart.variant(0), 1]])
  await place(uuidv7(), person.userId, [[cart.variant(0), 1]])
  expect(await linesOf(access, person)).toEqual([[cart.variant(0), 1]])
  expect(await cart.parts.bus.deadLetters.list({ limit: 10 })).toEqual([])
})

test('an order from a cart that was merged meanwhile takes its pieces out of the person’s cart', async () => {
  const person = testIdentity()
  const access = accessTo(await cart.add({ quantity: 2 }))
  const merged = await cart.merge({ ...access }, person)
  await place(access.id, person.userId, [[cart.variant(0), 2]])
  expect(await linesOf({ id: merged.cart?.id ?? '' }, person)).toEqual([])
})

test('adds, merges and orders at once end in a sum that is right', async () => {
  const person = testIdentity()
  const added = await cart.add({ variantId: cart.variant(0) }, person)
  const anonymous = accessTo(await cart.add({ variantId: cart.variant(0), quantity: 10 }))
  await Promise.all([
    ...Array.from({ length: 20 }, () => cart.add({ variantId: cart.variant(0) }, person)),
    ...Array.from({ length: 5 }, () => cart.merge({ ...anonymous }, person)),
    place(added.cart?.id ?? '', person.userId, [[cart.variant(1), 1]]),
  ])
  expect(await linesOf({ id: added.cart?.id ?? '' }, person)).toEqual([[cart.variant(0), 31]])
})

describe('statements', () => {
  /** Somebody whose cart has so many lines. */
  async function shopperWith(lines: number) {
    const identity = testIdentity()
    let id = ''
    for (const variantId of cart.variantIds.slice(0, lines))
      id = (await cart.add({ variantId, quantity: 1 }, identity)).cart?.id ?? ''
    await cart.settle()
    return { identity, id }
  }

  test('adding a piece takes as many to the ninety-ninth line as to the first', async () => {
    const count = async (lines: number) => {
      const { identity } = await shopperWith(lines)
      const add = async () => {
        const { __typename } = await cart.add({ variantId: cart.variant(0), quantity: 1 }, identity)
        expect(__typename).toBe('CartSuccess')
      }
      return countFewest(cart.database, [add, add, add])
    }
    const one = await count(1)
    expect(one).toBeLessThanOrEqual(9)
    expect(await count(99)).toBe(one)
  })

  test('taking an order out of its cart takes as many for ninety-nine lines as for one', async () => {
    const count = async (lines: number) => {
      const shoppers = [await shopperWith(lines), await shopperWith(lines)]
      const pieces = cart.variantIds.slice(0, lines).map((variantId): [string, number] => [variantId, 1])
      return countFewest(
        cart.database,
        shoppers.map(
          ({ id, identity }) =>
            () =>
              place(id, identity.userId, pieces),
        ),
      )
    }
    const one = await count(1)
    expect(one).toBeLessThanOrEqual(7)
    expect(await count(99)).toBe(one)
  })
})
