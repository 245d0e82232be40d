import { afterAll, beforeAll, expect, test } from 'vitest'
import { saleRecorded } from '#contracts/orders.ts'
import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { type House, openHouse, registerId, shopId } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

const clerk = testIdentity({ roles: ['CLERK'], shopIds: [shopId] })
const document = `mutation ($input: RecordSaleInput!) {
  recordSale(input: $input) {
    kind: __typename
    ... on UserError { message }
    ... on RecordSaleSuccess { change { minorUnits } order { id number status chargeStatus channel shop { code registers { code } } customer { id } shippingAddress { city } total { minorUnits } } }
    ... on OutOfStockError { lines { available } }
    ... on NotSoldHereError { variants { id } }
    ... on TenderMismatchError { due { minorUnits } }
    ... on InvalidInputError { field }
  }
}`

interface Answer {
  kind: string
  order?: { id: string; number: string }
}

function saleOf(variantId: string, over: Record<string, unknown> = {}) {
  return {
    registerId,
    lines: [{ variantId, quantity: 1 }],
    tenders: [{ kind: 'CASH', amount: '15000' }],
    soldAt: house.clock.now().toISOString(),
    idempotencyKey: uuidv7(),
    ...over,
  }
}

const ask = (input: unknown, identity: Identity | null = clerk) =>
  house.query<{ recordSale: Answer }>(document, { input }, identity)

async function sell(input: unknown): Promise<Answer> {
  const response = await ask(input)
  if (response.errors) throw new Error(JSON.stringify(response.errors))
  return response.data.recordSale
}

test('a sale for cash: goods gone, paid, handed over, with change', async () => {
  const variantId = await house.sell({ 'PAR-01': 2, 'PAR-DC': 5 })
  const answer = await sell(saleOf(variantId))
  expect(answer).toMatchObject({
    kind: 'RecordSaleSuccess',
    change: { minorUnits: '3000' },
    order: {
      status: 'FULFILLED',
      chargeStatus: 'FULL',
      channel: 'POS',
      shop: { code: 'PAR-01', registers: [{ code: 'PAR-01-1' }] },
      customer: null,
      shippingAddress: null,
      total: { minorUnits: '12000' },
    },
  })
  expect(await house.level(variantId)).toEqual({ onHand: 6, reserved: 0, committed: 0 })
  await house.settle()
  const [told] = house.published(saleRecorded)
  expect(told?.payload).toMatchObject({
    registerId,
    clerkRef: clerk.userId,
    shopId,
    tenders: [{ kind: 'CASH', amountMinor: '12000' }],
  })
})

test('payments telling that it booked the tenders changes nothing', async () => {
  const variantId = await house.sell({ 'PAR-01': 1 })
  const tenders = [
    { kind: 'TERMINAL', amount: '10000' },
    { kind: 'CASH', amount: '2000' },
  ]
  const { order } = await sell(saleOf(variantId, { tenders }))
  const sold = { id: order?.id ?? '', number: order?.number ?? '', total: { minorUnits: '12000' } }
  await house.charge(sold, { kind: 'CASH', chargedMinor: '2000' })
  expect(await house.order(sold.id)).toMatchObject({ status: 'FULFILLED', chargeStatus: 'FULL' })
  await house.charge(sold, { kind: 'TERMINAL', chargedMinor: '10000' })
  expect(await house.order(sold.id)).toMatchObject({ status: 'FULFILLED', chargeStatus: 'FULL' })
})

test('a repeated key is the first sale, whoever replays it and however often at once', async () => {
  const variantId = await house.sell({ 'PAR-01': 5 })
  const input = saleOf(variantId)
  const answers = await Promise.all(Array.from({ length: 10 }, () => sell(input)))
  expect(new Set(answers.map((answer) => answer.order?.id)).size).toBe(1)
  const later = await ask(input, testIdentity({ roles: ['SHOP_MANAGER'] }))
  expect(later.data.recordSale).toEqual(answers[0])
  expect(await house.level(variantId)).toMatchObject({ onHand: 4 })
})

test('a boutique sells only what is in its own room', async () => {
  const variantId = await house.sell({ 'PAR-DC': 5 })
  expect(await sell(saleOf(variantId))).toMatchObject({ kind: 'OutOfStockError', lines: [{ available: 0 }] })
})

test.each([
  ['too little', [{ kind: 'CASH', amount: '11999' }]],
  ['change from a card', [{ kind: 'TERMINAL', amount: '12001' }]],
])('%s does not settle the sale, and nothing is sold', async (_, tenders) => {
  const variantId = await house.sell({ 'PAR-01': 1 })
  expect(await sell(saleOf(variantId, { tenders }))).toMatchObject({
    kind: 'TenderMismatchError',
    due: { minorUnits: '12000' },
  })
  expect(await house.level(variantId)).toMatchObject({ onHand: 1 })
})

test.each([uuidv7(), 'x'])('the variant %s is not sold here', async (variantId) => {
  expect(await sell(saleOf(variantId))).toMatchObject({
    kind: 'NotSoldHereError',
    variants: [{ id: variantId }],
  })
})

test.each<[string, string, Record<string, unknown>]>([
  ['an unknown till', 'registerId', { registerId: uuidv7() }],
  ['a till that is no id', 'registerId', { registerId: 'x' }],
  ['no tenders', 'tenders', { tenders: [] }],
  ['a tender of nothing', 'tenders.0.amount', { tenders: [{ kind: 'CASH', amount: '0' }] }],
  ['a negative tender', 'tenders.0.amount', { tenders: [{ kind: 'CASH', amount: '-5' }] }],
  ['a giant tender', 'tenders.0.amount', { tenders: [{ kind: 'CASH', amount: '9000000000000000000' }] }],
  [
    '11 tenders',
    'tenders',
    { tenders: Array.from({ length: 11 }, () => ({ kind: 'CASH', amount: '5000' })) },
  ],
  ['a sale of the future', 'soldAt', { soldAt: '2100-01-01T00:00:00Z' }],
  ['a sale of long ago', 'soldAt', { soldAt: '2020-01-01T00:00:00Z' }],
])('%s is refused with its field', async (_, field, over) => {
  expect(await sell(saleOf(uuidv7(), over))).toMatchObject({ kind: 'InvalidInputError', field })
})

test('only the clerks of the boutique may sell there', async () => {
  const variantId = await house.sell({ 'PAR-01': 1 })
  const code = async (identity: Identity | null) =>
    (await ask(saleOf(variantId), identity)).errors?.[0]?.extensions?.code
  expect(await code(null)).toBe('UNAUTHENTICATED')
  expect(await code(testIdentity())).toBe('FORBIDDEN')
  expect(await code(testIdentity({ roles: ['CLERK'], shopIds: [uuidv7()] }))).toBe('FORBIDDEN')
})
