import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderPlaced } from '#contracts/orders.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { countStatements } from './count-statements.ts'
import { type House, openHouse, type PlaceOrderAnswer, placeOrderDocument } from './house.ts'
import { all, merchandiser, promote, save } from './vouchers.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

/** A new voucher of a new promotion about a new variant with these pieces. */
async function voucherFor(terms: object = {}, pieces = 5) {
  const variantId = await house.sell({ 'PAR-DC': pieces })
  const promotionId = await promote(house, [variantId])
  const { voucher } = await save(house, { promotionId, ...terms })
  const code = voucher?.code ?? ''
  const orderWith = (over: object = {}) =>
    house.orderOf(variantId, 1, { voucherCodes: [code], expectedTotal: '12300', ...over })
  const used = async () => (await house.prisma.voucher.findUniqueOrThrow({ where: { code } })).used
  const states = async () =>
    (await house.prisma.voucherRedemption.findMany({ where: { voucher: { code } } })).map((row) => row.state)
  return { variantId, promotionId, code, orderWith, used, states }
}

async function quote(variantId: string, voucherCodes: string[], identity = testIdentity()) {
  const cart = {
    __typename: 'Cart',
    id: uuidv7(),
    market: { id: 'FR' },
    lines: [{ id: uuidv7(), quantity: 1, variant: { id: variantId } }],
  }
  const { data } = await house.query<{ _entities: { quote: unknown }[] }>(
    `query ($carts: [_Any!]!, $codes: [String!]) { _entities(representations: $carts) { ... on Cart { quote(voucherCodes: $codes) {
      total { minorUnits } discount { minorUnits } discounts { name(locale: "fr") voucherCode amount { minorUnits } }
      lines { total { minorUnits } discount { minorUnits } isGift variant { id } }
      vouchers { code refusal discount { minorUnits } }
      shippingMethods { isChosen price { minorUnits } method { code name(locale: "fr") } } } } } }`,
    { carts: [cart], codes: voucherCodes },
    identity,
  )
  return data._entities[0]?.quote
}

test('a quote and an order with a voucher cost the same, and the order tells why', async () => {
  const { variantId, code, orderWith, used } = await voucherFor()
  expect(await quote(variantId, [` ${code.toLowerCase()} `])).toMatchObject({
    total: { minorUnits: '12300' },
    discount: { minorUnits: '1200' },
    discounts: [{ name: 'Bienvenue', voucherCode: code, amount: { minorUnits: '1200' } }],
    lines: [{ total: { minorUnits: '12000' }, discount: { minorUnits: '1200' } }],
    vouchers: [{ code, refusal: null, discount: { minorUnits: '1200' } }],
    shippingMethods: [{ isChosen: true, price: { minorUnits: '1500' }, method: { name: 'Coursier' } }],
  })
  const shopper = testIdentity()
  const input = orderWith()
  const order = await house.placed(input, shopper)
  expect((await house.placed(input, shopper)).id).toBe(order.id)
  expect(await used()).toBe(1)
  const { data } = await house.query<{ order: unknown }>(
    `query ($id: ID!) { order(id: $id) { discount { minorUnits } shippingMethod { kind name } lines { id discount { minorUnits } }
      discounts { name voucherCode lineId amount { minorUnits } } tax { minorUnits } } }`,
    { id: order.id },
    shopper,
  )
  // 108.00 and 15.00 with 20 % in them: 18.00 and 2.50.
  expect(data.order).toMatchObject({
    discount: { minorUnits: '1200' },
    tax: { minorUnits: '2050' },
    shippingMethod: { kind: 'COURIER', name: 'Coursier' },
    discounts: [{ name: 'Bienvenue', voucherCode: code, amount: { minorUnits: '1200' } }],
  })
  await house.settle()
  const told = house.published(orderPlaced).find(({ payload }) => payload.orderId === order.id)
  expect(told?.payload).toMatchObject({ discountMinor: '1200', lines: [{ discountMinor: '1200' }] })
})

test('the total without the voucher is another total', async () => {
  const { orderWith, used } = await voucherFor()
  expect(await house.place(orderWith({ expectedTotal: '13500' }))).toMatchObject({
    kind: 'PriceChangedError',
    actual: { minorUnits: '12300' },
  })
  expect(await used()).toBe(0)
})

test('a code that does nothing is told with its reason, and the order is refused', async () => {
  const { variantId, promotionId, code } = await voucherFor()
  const made = async (terms: object) => (await save(house, { promotionId, ...terms })).voucher?.code ?? ''
  const later = await made({ startsAt: '2099-01-01T00:00:00.000Z' })
  const over = await made({ startsAt: '2020-01-01T00:00:00.000Z', endsAt: '2021-01-01T00:00:00.000Z' })
  const withdrawn = await made({ isActive: false })
  const again = await made({})
  const elsewhere = (
    await save(house, { promotionId: await promote(house, [variantId], { marketIds: ['US'] }) })
  ).voucher
  const unmet = (await save(house, { promotionId: await promote(house, [uuidv7()]) })).voucher
  const reasons: [string, string][] = [
    ['NOSUCHCODE', 'UNKNOWN'],
    ['no code!', 'UNKNOWN'],
    [withdrawn, 'UNKNOWN'],
    [later, 'NOT_YET'],
    [over, 'ENDED'],
    [elsewhere?.code ?? '', 'NOT_HERE'],
    [unmet?.code ?? '', 'NOT_MET'],
    [again, 'REPEATED'],
  ]
  expect(await quote(variantId, [code, ...reasons.map(([each]) => each)])).toMatchObject({
    vouchers: [{ code, refusal: null }, ...reasons.map(([, refusal]) => ({ refusal }))],
  })
  for (const [refused, reason] of reasons) {
    const input = house.orderOf(variantId, 1, { voucherCodes: [code, refused], expectedTotal: '12300' })
    expect(await house.place(input)).toMatchObject({ kind: 'VoucherRefusedError', code: refused, reason })
  }
})

test('a voucher for one use under five hundred at once is used exactly once', async () => {
  const { orderWith, used } = await voucherFor({ limit: 1 }, 500)
  // Whoever is told that too many are waiting comes again, with the same key.
  const insist = async (input: object): Promise<PlaceOrderAnswer> => {
    for (;;) {
      const { data, errors } = await house.query<{ placeOrder: PlaceOrderAnswer }>(
        placeOrderDocument,
        { input },
        testIdentity(),
      )
      if (!errors) return data.placeOrder
      expect(errors[0]?.extensions?.code).toBe('UNAVAILABLE')
    }
  }
  const answers = await Promise.all(Array.from({ length: 500 }, () => insist(orderWith())))
  const count = (kind: string) => answers.filter((answer) => answer.kind === kind).length
  expect([count('PlaceOrderSuccess'), count('VoucherRefusedError')]).toEqual([1, 499])
  expect(answers.find((answer) => answer.kind !== 'PlaceOrderSuccess')).toMatchObject({ reason: 'USED_UP' })
  expect(await used()).toBe(1)
}, 60_000)

test('one customer uses a voucher as often as one customer may, however many orders come at once', async () => {
  const { orderWith, used } = await voucherFor({ perCustomerLimit: 2 }, 20)
  const shopper = testIdentity()
  // Paid, so that no new order takes the place of an unpaid one.
  for (const _ of [1, 2]) await house.charge(await house.placed(orderWith(), shopper))
  const answers = await Promise.all(Array.from({ length: 8 }, () => house.place(orderWith(), shopper)))
  expect(new Set(answers.map((answer) => answer.kind))).toEqual(new Set(['VoucherRefusedError']))
  expect(answers[0]).toMatchObject({ reason: 'USED_BY_CUSTOMER' })
  expect(await house.place(orderWith())).toMatchObject({ kind: 'PlaceOrderSuccess' })
  expect(await used()).toBe(3)
})

test('orders of one customer at the same moment hold a voucher for one use per customer once', async () => {
  // Each about another piece, so that no order takes the place of another by its goods.
  const pieces = await Promise.all(Array.from({ length: 8 }, () => house.sell({ 'PAR-DC': 1 })))
  const promotionId = await promote(house, pieces)
  const code = (await save(house, { promotionId, perCustomerLimit: 1 })).voucher?.code ?? ''
  const shopper = testIdentity()
  const over = { voucherCodes: [code], expectedTotal: '12300' }
  const answers = await Promise.all(
    pieces.map((variantId) => house.place(house.orderOf(variantId, 1, over), shopper)),
  )
  expect(answers.some((answer) => answer.kind === 'PlaceOrderSuccess')).toBe(true)
  // One that comes after the commit of another takes its place; one at the same moment is refused.
  for (const answer of answers.filter(({ kind }) => kind !== 'PlaceOrderSuccess')) {
    expect(answer).toMatchObject({ kind: 'VoucherRefusedError', reason: 'USED_BY_CUSTOMER' })
  }
  expect(await house.prisma.voucher.findUniqueOrThrow({ where: { code } })).toMatchObject({ used: 1 })
})

test('a voucher is consumed when its order is paid, and free again when it is called off or expires', async () => {
  const { orderWith, used, states } = await voucherFor({ limit: 1 })
  const first = await house.placed(orderWith())
  expect(await states()).toEqual(['HELD'])
  await house.inTx((tx) => tx.order.update({ where: { id: first.id }, data: { expiresAt: new Date(0) } }))
  await house.runJob('expire-orders')
  expect([await used(), await states()]).toEqual([0, ['RELEASED']])
  const second = await house.placed(orderWith())
  await house.charge(second)
  expect(await used()).toBe(1)
  expect(await house.place(orderWith())).toMatchObject({ kind: 'VoucherRefusedError', reason: 'USED_UP' })
  // The money of the first comes after all: it keeps its price, though its voucher is gone.
  await house.charge(first)
  expect(await house.order(first.id)).toMatchObject({ status: 'UNFULFILLED', totalMinor: 12_300n })
  expect(await used()).toBe(1)
  expect((await states()).sort()).toEqual(['CONSUMED', 'RELEASED'])
})

test('an earlier unpaid order of the shopper does not keep the voucher from the shopper', async () => {
  const { variantId, code, orderWith, used } = await voucherFor({ limit: 1 })
  const shopper = testIdentity()
  const first = await house.placed(orderWith(), shopper)
  expect(await quote(variantId, [code], shopper)).toMatchObject({ vouchers: [{ refusal: null }] })
  expect(await quote(variantId, [code])).toMatchObject({ vouchers: [{ refusal: 'USED_UP' }] })
  await house.placed(orderWith(), shopper)
  expect(await house.order(first.id)).toMatchObject({ status: 'CANCELED' })
  expect(await used()).toBe(1)
})

test('a gift is given while there are pieces, and never stops what is bought', async () => {
  const bag = await house.sell({ 'PAR-DC': 5 })
  const pouch = await house.sell({ 'PAR-DC': 1 })
  await promote(house, [bag], {
    needsVoucher: false,
    conditions: [{ kind: 'QUANTITY_AT_LEAST', quantity: 1, goods: { ...all, variantIds: [bag] } }],
    actions: [{ kind: 'GIFT', variantId: pouch, quantity: 1 }],
  })
  expect(await quote(bag, [])).toMatchObject({
    total: { minorUnits: '13500' },
    lines: [{ isGift: false }, { isGift: true, variant: { id: pouch }, discount: { minorUnits: '12000' } }],
  })
  await house.placed(house.orderOf(bag))
  expect(await house.level(pouch)).toMatchObject({ reserved: 1 })
  const second = await house.placed(house.orderOf(bag))
  expect(await house.prisma.orderLine.count({ where: { orderId: second.id } })).toBe(1)
})

test('promotions and vouchers do not cost a quote a statement each', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5 })
  const codes: string[] = []
  const offer = async () =>
    codes.push((await save(house, { promotionId: await promote(house, [variantId]) })).voucher?.code ?? '')
  await offer()
  await house.settle()
  const one = await countStatements(house, () => quote(variantId, codes))
  for (let index = 0; index < 5; index++) await offer()
  await promote(house, [variantId], { needsVoucher: false })
  await house.settle()
  expect(await countStatements(house, () => quote(variantId, codes))).toBe(one)
})

test('codes are made and changed by merchandisers, within what was promised with them', async () => {
  const { promotionId, code, orderWith } = await voucherFor({ limit: 2 })
  await house.placed(orderWith())
  await house.placed(orderWith())
  expect(await save(house, { code, promotionId, limit: 1 })).toMatchObject({
    kind: 'VoucherInUseError',
    used: 2,
  })
  const other = await promote(house, [])
  expect(await save(house, { code, promotionId: other, limit: 9 })).toMatchObject({
    kind: 'VoucherInUseError',
  })
  expect(await save(house, { code, promotionId, limit: 9 })).toMatchObject({ voucher: { code, used: 2 } })
  expect(await save(house, { promotionId: uuidv7() })).toEqual({ kind: 'UnknownPromotionError' })
  expect(await save(house, { promotionId, code: '!' })).toMatchObject({
    kind: 'InvalidInputError',
    field: 'code',
  })
  expect(await save(house, { promotionId, limit: 0 })).toMatchObject({ field: 'limit' })
  expect(await save(house, { promotionId }, testIdentity())).toEqual({ kind: 'FORBIDDEN' })
})

test('a batch of codes nobody can guess is made once per key', async () => {
  const promotionId = await promote(house, [])
  const document = `mutation ($input: CreateVouchersInput!) { createVouchers(input: $input) { kind: __typename
    ... on CreateVouchersSuccess { batchId count } ... on InvalidInputError { field } } }`
  const create = async (over: object) => {
    const input = { promotionId, count: 150, prefix: 'vip', idempotencyKey: uuidv7(), ...over }
    return (
      await house.query<{ createVouchers: { kind: string; batchId?: string } }>(
        document,
        { input },
        merchandiser,
      )
    ).data.createVouchers
  }
  const idempotencyKey = uuidv7()
  const batch = await create({ idempotencyKey })
  expect(batch).toMatchObject({ kind: 'CreateVouchersSuccess', count: 150 })
  expect(await create({ idempotencyKey })).toEqual(batch)
  const { data } = await house.query<{
    vouchers: { nodes: { code: string; limit: number }[]; pageInfo: object }
  }>(
    `query ($batchId: ID!) { vouchers(batchId: $batchId, first: 100) { nodes { code limit } pageInfo { hasNextPage } } }`,
    { batchId: batch.batchId },
    merchandiser,
  )
  expect(data.vouchers.nodes).toHaveLength(100)
  expect(data.vouchers.pageInfo).toEqual({ hasNextPage: true })
  expect(data.vouchers.nodes.every(({ code, limit }) => /^VIP[2-9A-Z]{14}$/.test(code) && limit === 1)).toBe(
    true,
  )
  expect(await create({ count: 10_001 })).toMatchObject({ kind: 'InvalidInputError', field: 'count' })
  expect(await create({ promotionId: uuidv7() })).toMatchObject({ kind: 'UnknownPromotionError' })
})
