import { afterAll, beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { clerk, merchandiser } from './catalog-fixture.ts'
import { startPromotions } from './promotion-fixture.ts'

const { catalog, variantId, collectionId, inDays, input, save, saved, toldOf } = await startPromotions()
afterAll(() => catalog.close())
beforeEach(() => catalog.database.prisma.promotion.deleteMany())

test('a promotion of every kind of condition and action is kept, shown and told as it was given', async () => {
  const amounts = [{ currency: 'EUR', minorUnits: '100000' }]
  const goods = { collectionIds: [collectionId], excludesReduced: true }
  const { id } = await saved({
    scope: 'ORDER',
    marketIds: ['FR'],
    needsVoucher: true,
    stacking: 'EXCLUSIVE',
    endsAt: inDays(1),
    conditions: [
      { subtotalAtLeast: { amounts, goods } },
      { quantityAtLeast: { quantity: 2 } },
      { countryIn: ['FR', 'BE'] },
    ],
    actions: [
      { percentage: { ppm: 1, goods } },
      { amountPerPiece: { amounts } },
      { amount: { amounts } },
      { tieredPercentage: { tiers: [{ atLeast: amounts, ppm: 50_000 }] } },
      { buyXGetY: { buyQuantity: 2, buyGoods: goods, getQuantity: 1, ppm: 1_000_000, mostTimes: 3 } },
      { gift: { variantId } },
      { shippingPpm: 1_000_000 },
    ],
  })
  const all = { productIds: [], variantIds: [], categories: [], collectionIds: [], excludesReduced: false }
  const some = { ...all, ...goods }
  const told = { EUR: '100000' }
  expect(toldOf(id).map(({ payload }) => payload)).toEqual([
    {
      promotionId: id,
      names: { en: 'Summer', fr: 'Été' },
      scope: 'ORDER',
      marketIds: ['FR'],
      priority: 100,
      stacking: 'EXCLUSIVE',
      needsVoucher: true,
      conditions: [
        { kind: 'SUBTOTAL_AT_LEAST', amounts: told, goods: some },
        { kind: 'QUANTITY_AT_LEAST', quantity: 2, goods: all },
        { kind: 'COUNTRY_IN', countries: ['FR', 'BE'] },
      ],
      actions: [
        { kind: 'PERCENTAGE', ppm: 1, goods: some },
        { kind: 'AMOUNT_PER_PIECE', amounts: told, goods: all },
        { kind: 'AMOUNT', amounts: told, goods: all },
        { kind: 'TIERED_PERCENTAGE', tiers: [{ atLeast: told, ppm: 50_000 }], goods: all },
        {
          kind: 'BUY_X_GET_Y',
          buy: { quantity: 2, goods: some },
          get: { quantity: 1, goods: all },
          ppm: 1_000_000,
          mostTimes: 3,
        },
        { kind: 'GIFT', variantId, quantity: 1 },
        { kind: 'SHIPPING_PERCENTAGE', ppm: 1_000_000 },
      ],
      startsAt: inDays(-1),
      endsAt: inDays(1),
      isActive: true,
    },
  ])
  const { data, errors } = await catalog.query(
    `query ($id: ID!) { promotion(id: $id) {
      state names { locale text } stacking marketIds
      conditions { kind: __typename ... on SubtotalAtLeast { amounts { amount currency } goods { collectionIds excludesReduced } }
        ... on QuantityAtLeast { quantity } ... on CountryIn { countries } }
      actions { kind: __typename ... on PercentageOff { ppm } ... on AmountOff { amounts { minorUnits } }
        ... on TieredPercentageOff { tiers { atLeast { amount } } } ... on GiftLine { variant { sku } quantity }
        ... on BuyXGetY { buyQuantity getQuantity buyGoods { collectionIds } } }
    } }`,
    { id },
    merchandiser,
  )
  expect(errors).toBeUndefined()
  expect(data.promotion).toMatchObject({
    state: 'RUNNING',
    conditions: [
      { kind: 'SubtotalAtLeast', amounts: [{ amount: '1000.00', currency: 'EUR' }], goods },
      { kind: 'QuantityAtLeast', quantity: 2 },
      { kind: 'CountryIn', countries: ['FR', 'BE'] },
    ],
    actions: [
      { kind: 'PercentageOff', ppm: 1 },
      { kind: 'AmountOffPiece' },
      { kind: 'AmountOff', amounts: [{ minorUnits: '100000' }] },
      { kind: 'TieredPercentageOff', tiers: [{ atLeast: [{ amount: '1000.00' }] }] },
      { kind: 'BuyXGetY', buyQuantity: 2, getQuantity: 1, buyGoods: { collectionIds: [collectionId] } },
      { kind: 'GiftLine', variant: { sku: 'P11-N' }, quantity: 1 },
      { kind: 'ShippingPercentageOff' },
    ],
  })
})

test('a repeated key saves once, and is refused for something else', async () => {
  const given = input()
  const first = await save(given)
  expect(await save(given)).toEqual(first)
  expect(toldOf(first.promotion?.id ?? '')).toHaveLength(1)
  await expect(save({ ...given, priority: 1 })).rejects.toThrow('IDEMPOTENCY_KEY_REUSED')
})

test('of two who change the same version one is told that it is old, and only one change is there', async () => {
  const { id, version } = await saved()
  const outcomes = await Promise.all([10, 20].map((priority) => save(input({ id, version, priority }))))
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['SavePromotionSuccess', 'VersionConflictError'])
  expect(outcomes.find(({ kind }) => kind === 'VersionConflictError')?.currentVersion).toBe(2)
  expect(toldOf(id)).toHaveLength(2)
  expect((await save(input({ id: uuidv7(), version: 1 }))).kind).toBe('PromotionNotFoundError')
})

test.each<[string, Record<string, unknown>]>([
  ['conditions', { conditions: [{ quantityAtLeast: { quantity: 1 } }] }],
  ['needsVoucher', { needsVoucher: true }],
  ['actions.0', { actions: [{ shippingPpm: 1 }] }],
  ['actions.0', { actions: [{ percentage: { ppm: 1 }, shippingPpm: 1 }] }],
  ['actions.0', { actions: [{}] }],
  ['actions.0.percentage.ppm', { actions: [{ percentage: { ppm: 1_000_001 } }] }],
  ['actions', { actions: [] }],
  ['actions.0', { actions: [{ amountPerPiece: { amounts: [{ currency: 'GBP', minorUnits: '1' }] } }] }],
  [
    'actions.0',
    { marketIds: ['JP'], actions: [{ amountPerPiece: { amounts: [{ currency: 'EUR', minorUnits: '1' }] } }] },
  ],
  [
    'actions.0.amountPerPiece.amounts.0.minorUnits',
    { actions: [{ amountPerPiece: { amounts: [{ currency: 'EUR', minorUnits: '0' }] } }] },
  ],
  ['actions.0', { actions: [{ percentage: { ppm: 1, goods: { productIds: [uuidv7()] } } }] }],
  ['marketIds.0', { marketIds: ['XX'] }],
  ['endsAt', { endsAt: '2020-01-01T00:00:00.000Z' }],
  ['names', { names: [] }],
  ['names.0.text', { names: [{ locale: 'en', text: '\0' }] }],
  ['version', { id: uuidv7() }],
])('%s is refused in %j', async (field, over) => {
  expect(await save(input(over))).toMatchObject({ kind: 'InvalidInputError', field })
})

test('a clerk may neither save nor see promotions', async () => {
  await expect(save(input(), clerk)).rejects.toThrow('FORBIDDEN')
  const { errors } = await catalog.query('{ promotions { totalCount } }', {}, clerk)
  expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
})

test('lists show what is in a state, page by page', async () => {
  const running = []
  for (const days of [-3, -2, -1]) running.unshift((await saved({ startsAt: inDays(days) })).id)
  await saved({ startsAt: inDays(1) })
  await saved({ isActive: false })
  await saved({ startsAt: inDays(-3), endsAt: inDays(-2) })
  const page = async (state: string | null, after: string | null = null) => {
    const { data } = await catalog.query<{
      promotions: {
        nodes: { id: string; state: string }[]
        totalCount: number
        pageInfo: { endCursor: string }
      }
    }>(
      `query ($state: PromotionState, $after: String) { promotions(state: $state, first: 2, after: $after) {
        nodes { id state } totalCount pageInfo { endCursor } } }`,
      { state, after },
      merchandiser,
    )
    return data.promotions
  }
  const first = await page('RUNNING')
  const second = await page('RUNNING', first.pageInfo.endCursor)
  expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(running)
  for (const [state, count] of [
    ['RUNNING', 3],
    ['SCHEDULED', 1],
    ['OFF', 1],
    ['ENDED', 1],
  ] as const) {
    const found = await page(state)
    expect([found.totalCount, found.nodes[0]?.state]).toEqual([count, state])
  }
  expect((await page(null)).totalCount).toBe(6)
})
