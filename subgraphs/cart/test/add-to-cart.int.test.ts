import { afterAll, beforeAll, expect, test } from 'vitest'
import { cartChanged } from '#contracts/cart.ts'
import { productChanged } from '#contracts/catalog.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { accessTo, startTestCart, type TestCart } from './start-test-cart.ts'

let cart: TestCart
beforeAll(async () => {
  cart = await startTestCart()
})
afterAll(async () => {
  await cart.close()
})

test('a first piece makes an anonymous cart, and only its token opens it', async () => {
  const added = await cart.add({ quantity: 2 })
  expect(added).toMatchObject({
    __typename: 'CartSuccess',
    token: expect.stringMatching(/^[\w-]{43}$/),
    cart: { version: 1, totalQuantity: 2, market: { id: 'FR' } },
  })
  const access = accessTo(added)
  expect(await cart.find(access)).toMatchObject({ id: access.id, totalQuantity: 2 })
  for (const token of [null, '', 'x', '\0', `${access.token ?? ''}x`, 'x'.repeat(50_000)]) {
    expect(await cart.find({ id: access.id, token })).toBeNull()
  }
  await cart.settle()
  expect(cart.published(cartChanged).at(-1)?.payload).toEqual({
    cartId: access.id,
    customerRef: null,
    marketId: 'FR',
    lines: [{ variantId: cart.variant(), quantity: 2 }],
  })
})

test('the token is kept nowhere', async () => {
  const { token } = accessTo(await cart.add())
  const { rows } = await cart.database.pool.query<{ all: string }>(
    `SELECT (SELECT string_agg(c::text, ' ') FROM carts c) || (SELECT string_agg(k::text, ' ') FROM idempotency_keys k)
         || (SELECT string_agg(o::text, ' ') FROM outbox o) AS all`,
  )
  expect(rows[0]?.all).not.toContain(token)
})

test('more of a variant goes to its line, another one to the next', async () => {
  const access = accessTo(await cart.add({ quantity: 2 }))
  await cart.add({ cart: access, quantity: 3 })
  const added = await cart.add({ cart: access, variantId: cart.variant(1).toUpperCase() })
  expect(added.token).toBeNull()
  expect(added.cart?.lines).toMatchObject([
    { variant: { id: cart.variant(0) }, quantity: 5 },
    { variant: { id: cart.variant(1) }, quantity: 1 },
  ])
})

test('a repeated key adds once, and gives the token of a new cart again', async () => {
  const idempotencyKey = crypto.randomUUID()
  const answers = await Promise.all(Array.from({ length: 10 }, () => cart.add({ idempotencyKey })))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]?.cart).toMatchObject({ totalQuantity: 1, version: 1 })
  await expect(cart.add({ idempotencyKey, quantity: 5 })).rejects.toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
  })
})

test('a repeated key does not open a cart whose token is missing', async () => {
  const access = accessTo(await cart.add())
  const idempotencyKey = crypto.randomUUID()
  await cart.add({ cart: access, idempotencyKey })
  const stranger = await cart.add({ cart: { id: access.id }, idempotencyKey })
  expect(stranger.__typename).toBe('CartNotFoundError')
})

test('fifty adds at once are all there', async () => {
  const access = accessTo(await cart.add({ variantId: cart.variant(9) }))
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      cart.add({ cart: access, variantId: cart.variant(i % 2), quantity: 3 }),
    ),
  )
  expect(new Set(answers.map((answer) => answer.__typename))).toEqual(new Set(['CartSuccess']))
  const found = await cart.find(access)
  expect(found).toMatchObject({ totalQuantity: 151, version: 51 })
  await cart.settle()
  const told = cart.published(cartChanged).filter((event) => event.aggregateId === access.id)
  expect(told.map((event) => event.sequence)).toEqual(Array.from({ length: 51 }, (_, i) => i + 1))
})

test('a line takes 99 pieces and no more, also from many at once', async () => {
  const access = accessTo(await cart.add({ quantity: 90 }))
  const answers = await Promise.all(Array.from({ length: 20 }, () => cart.add({ cart: access })))
  expect(answers.filter((answer) => answer.__typename === 'CartSuccess')).toHaveLength(9)
  expect(answers.filter((answer) => answer.__typename === 'CartFullError')).toHaveLength(11)
  expect(await cart.find(access)).toMatchObject({ totalQuantity: 99, version: 10 })
})

test('a cart takes 100 lines and no more; a refused key can be used again', async () => {
  const access = accessTo(await cart.add({ variantId: cart.variant(0) }))
  await Promise.all(
    Array.from({ length: 98 }, (_, i) => cart.add({ cart: access, variantId: cart.variant(i + 1) })),
  )
  const race = await Promise.all(
    Array.from({ length: 10 }, (_, i) => cart.add({ cart: access, variantId: cart.variant(i + 110) })),
  )
  expect(race.filter((answer) => answer.__typename === 'CartSuccess')).toHaveLength(1)
  expect((await cart.find(access))?.lines).toHaveLength(100)
  const wanted = { cart: access, variantId: cart.variant(149), idempotencyKey: crypto.randomUUID() }
  expect((await cart.add(wanted)).__typename).toBe('CartFullError')
  expect((await cart.add({ cart: access, variantId: cart.variant(0) })).__typename).toBe('CartSuccess')
  const found = await cart.find(access)
  await cart.updateLine({ cart: access, lineId: found?.lines[0]?.id, quantity: 0 })
  expect((await cart.add(wanted)).__typename).toBe('CartSuccess')
})

test('a person has one open cart, also when two requests race to make it', async () => {
  const person = testIdentity()
  const answers = await Promise.all(Array.from({ length: 20 }, () => cart.add({}, person)))
  expect(new Set(answers.map((answer) => answer.cart?.id)).size).toBe(1)
  expect(answers.every((answer) => answer.token === null)).toBe(true)
  const id = answers[0]?.cart?.id ?? ''
  expect(await cart.find({ id }, person)).toMatchObject({ totalQuantity: 20 })
  expect(await cart.find({ id }, testIdentity())).toBeNull()
  expect(await cart.find({ id })).toBeNull()
  const stranger = await cart.add({ cart: { id } }, testIdentity())
  expect(stranger.__typename).toBe('CartNotFoundError')
})

test.each([
  ['no pieces', { quantity: 0 }, 'quantity'],
  ['negative pieces', { quantity: -1 }, 'quantity'],
  ['a hundred pieces', { quantity: 100 }, 'quantity'],
  ['an enormous quantity', { quantity: 2_147_483_647 }, 'quantity'],
  ['an unknown variant', { variantId: uuidv7() }, 'variantId'],
  ['an id that is none', { variantId: "'; DROP TABLE carts; --" }, 'variantId'],
  ['a NUL', { variantId: '\0' }, 'variantId'],
  ['an unknown market', { market: 'ZZ' }, 'market'],
  ['a market that is none', { market: 'fr\0' }, 'market'],
  ['a key that is none', { idempotencyKey: 'again' }, 'idempotencyKey'],
])('%s is refused by its field', async (_, input, field) => {
  expect(await cart.add(input)).toMatchObject({ __typename: 'InvalidInputError', field })
})

test.each(['nonsense', '', uuidv7()])('cart %j is not there', async (id) => {
  expect((await cart.add({ cart: { id, token: 'x' } })).__typename).toBe('CartNotFoundError')
  expect(await cart.find({ id, token: 'x' })).toBeNull()
})

test('the cart of a person is read by the person and by support, many in the same statements', async () => {
  const person = testIdentity()
  await cart.add({}, person)
  const document =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { cart { totalQuantity } } } }'
  const ask = (identity: ReturnType<typeof testIdentity> | null) =>
    cart.query(
      document,
      { r: [person.userId, uuidv7(), 'nonsense'].map((id) => ({ __typename: 'User', id })) },
      identity,
    )
  expect((await ask(testIdentity({ roles: ['SUPPORT'] }))).data).toEqual({
    _entities: [{ cart: { totalQuantity: 1 } }, { cart: null }, null],
  })
  expect((await ask(person)).data).toMatchObject({ _entities: [{ cart: { totalQuantity: 1 } }, {}, null] })
  expect((await ask(null)).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
})

test('a variant that its product lost can no longer be added', async () => {
  const productId = uuidv7()
  const gone = uuidv7()
  const product = (variantIds: string[]) => ({
    productId,
    slug: 'gant',
    status: 'ACTIVE' as const,
    names: {},
    category: 'gloves',
    taxCategory: 'standard',
    collectionIds: [],
    variants: variantIds.map((variantId) => ({
      variantId,
      sku: variantId,
      barcode: null,
      optionsLabels: {},
      imageUrl: null,
      weightGrams: 0,
      isSerialized: false,
      prices: [],
    })),
  })
  await cart.publish(productChanged, { aggregateId: productId, payload: product([gone]) })
  expect((await cart.add({ variantId: gone })).__typename).toBe('CartSuccess')
  await cart.publish(productChanged, { aggregateId: productId, payload: product([]) })
  expect((await cart.add({ variantId: gone })).__typename).toBe('InvalidInputError')
})

// Last: it moves the clock.
test('a cart nobody touches for 30 days is gone, and swept', async () => {
  const person = testIdentity()
  const [touched, left] = [accessTo(await cart.add()), accessTo(await cart.add())]
  await cart.add({}, person)
  cart.clock.advance(20 * 86_400_000)
  await cart.add({ cart: touched })
  cart.clock.advance(10 * 86_400_000)
  expect(await cart.find(left)).toBeNull()
  expect((await cart.add({ cart: left })).__typename).toBe('CartNotFoundError')
  expect((await cart.add({}, person)).cart).toMatchObject({ totalQuantity: 1, version: 1 })
  await cart.runJob('forget-carts')
  expect(await cart.find(touched)).toMatchObject({ totalQuantity: 2 })
  const { rows } = await cart.database.pool.query('SELECT id FROM carts')
  expect(rows).toHaveLength(2)
})
