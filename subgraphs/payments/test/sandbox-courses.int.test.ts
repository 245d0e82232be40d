import { afterAll, beforeAll, expect, test } from 'vitest'
import { delayMs, type House, openHouse, type Order } from './house.ts'

// What the cards do that nobody pays with, and what comes after a charge: as the sandbox tells it by webhooks.
let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  await house.close()
})

async function pass(ms: number): Promise<void> {
  house.clock.advance(ms)
  await house.settle()
}

async function paid(card: string) {
  const order = await house.placeOrder()
  const { client, ...answer } = await house.pay(order, card)
  await house.settle()
  return { order, answer, client, reference: client.reference }
}

const statusOf = async (order: Order) => (await house.transactionsOf(order)).map(({ status }) => status)

const toldOf = (reference: string) =>
  house.wire.sent
    .map(({ body }) => JSON.parse(body.toString()) as { type: string; data: object })
    .filter(({ data }) => JSON.stringify(data).includes(reference))
    .map(({ type }) => type)

test('a late refusal fails when it comes', async () => {
  const { order, answer } = await paid('4000000000000341')
  expect(answer).toMatchObject({ status: 'processing' })
  expect(await statusOf(order)).toEqual(['PENDING'])
  await pass(delayMs)
  expect(await statusOf(order)).toEqual(['FAILED'])
})

test('a card that is only held is authorised, and not charged', async () => {
  const { order, answer, client } = await paid('4000000000003063')
  expect(answer).toMatchObject({ status: 'requires_capture' })
  expect((await house.transactionsOf(order))[0]).toMatchObject({
    status: 'AUTHORIZED',
    authorizedMinor: 129_500n,
    chargedMinor: 0n,
  })
  // Giving a card once more holds nothing more.
  expect(await house.confirm(client, '4242424242424242')).toMatchObject({ status: 'requires_capture' })
})

test('a hold that the bank lets go is released', async () => {
  const { order } = await paid('4000000000003071')
  expect(await statusOf(order)).toEqual(['AUTHORIZED'])
  await pass(delayMs)
  expect(await statusOf(order)).toEqual(['CANCELED'])
})

test.each([
  ['4000000000000259', 'dispute.lost', 129_500n],
  ['4000000000002685', 'dispute.won', 0n],
])('%s is disputed later, which ends in %s, and %s is gone', async (card, end, chargedBackMinor) => {
  const { order, reference } = await paid(card)
  expect(toldOf(reference)).toEqual(['intent.succeeded'])
  await pass(delayMs)
  expect(toldOf(reference)).toEqual(['intent.succeeded', 'dispute.open'])
  await pass(20 * delayMs)
  expect(toldOf(reference)).toEqual(['intent.succeeded', 'dispute.open', end])
  expect((await house.transactionsOf(order))[0]).toMatchObject({ chargedMinor: 129_500n, chargedBackMinor })
})

test('where the house captures later every good card is only held', async () => {
  const later = await openHouse({ PAYMENT_CAPTURE: 'manual' })
  try {
    const order = await later.placeOrder()
    expect(await later.pay(order, '4242424242424242')).toMatchObject({ status: 'requires_capture' })
    await later.settle()
    expect((await later.transactionsOf(order))[0]).toMatchObject({
      status: 'AUTHORIZED',
      captureMethod: 'MANUAL',
      authorizedMinor: 129_500n,
      chargedMinor: 0n,
    })
  } finally {
    await later.close()
  }
})
