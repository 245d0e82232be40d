import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentCharged } from '#contracts/payments.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { signSandboxWebhook } from '../sandbox/sandbox-signature.ts'
import { type House, openHouse, type Order, webhookSecret } from './house.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  await house.close()
})

/** An event as the sandbox would send it, for an intent that is given. */
function eventOf(intent: Record<string, unknown>, change: object = {}) {
  return {
    id: `sbx_evt_${uuidv7()}`,
    type: 'intent.succeeded',
    created: house.clock.now().toISOString(),
    data: {
      intent: {
        transactionId: uuidv7(),
        currency: 'EUR',
        amountMinor: '129500',
        status: 'succeeded',
        attempt: 'sbx_att_1',
        failure: null,
        charge: { reference: `sbx_ch_${uuidv7()}`, currency: 'EUR', amountMinor: '129500' },
        ...intent,
      },
    },
    ...change,
  }
}

async function send(event: object, options: { secret?: string; at?: Date; tamper?: boolean } = {}) {
  const body = Buffer.from(JSON.stringify(event))
  const signature = signSandboxWebhook(options.secret ?? webhookSecret, body, options.at ?? house.clock.now())
  const sent = options.tamper ? Buffer.concat([body, Buffer.from(' ')]) : body
  return await house.wire.deliver({ body: sent, headers: { 'sandbox-signature': signature } })
}

async function started(): Promise<{ order: Order; reference: string; transactionId: string }> {
  const order = await house.placeOrder()
  const { client, transaction } = await house.start(order)
  return { order, reference: client!.reference, transactionId: transaction!.id }
}

const statusOf = async (order: Order) => (await house.transactionsOf(order)).map(({ status }) => status)

test('a forged, changed, old or unsigned webhook is 400 and leaves no trace', async () => {
  const { order, reference } = await started()
  const event = eventOf({ reference })
  const old = new Date(house.clock.now().getTime() - 301_000)
  expect((await send(event, { secret: 'a-secret-of-somebody-else-entirely' })).status).toBe(400)
  expect((await send(event, { tamper: true })).status).toBe(400)
  expect((await send(event, { at: old })).status).toBe(400)
  const unsigned = { body: Buffer.from(JSON.stringify(event)), headers: {} }
  expect((await house.wire.deliver(unsigned)).status).toBe(400)
  await house.settle()
  expect(await house.prisma.providerEvent.count({ where: { id: event.id } })).toBe(0)
  expect(await statusOf(order)).toEqual(['PENDING'])
})

test('a repeated webhook is 200 each time and applied once, 20 at once', async () => {
  const { order, reference } = await started()
  const event = eventOf({ reference })
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(event)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  await house.settle()
  expect((await send(event)).status).toBe(200)
  await house.settle()
  expect(await statusOf(order)).toEqual(['CHARGED'])
  const charged = house.published(paymentCharged).filter(({ payload }) => payload.orderId === order.orderId)
  expect(charged).toHaveLength(1)
})

test('two events about the same charge charge once', async () => {
  const { order, reference } = await started()
  const charge = { reference: 'sbx_ch_same', currency: 'EUR', amountMinor: '129500' }
  await Promise.all([send(eventOf({ reference, charge })), send(eventOf({ reference, charge }))])
  await house.settle()
  expect((await house.transactionsOf(order))[0]).toMatchObject({ status: 'CHARGED', chargedMinor: 129_500n })
})

test('a failure that comes after the charge takes nothing back', async () => {
  const { order, reference } = await started()
  await send(eventOf({ reference }))
  await house.settle()
  const failure = { code: 'card_declined', reason: 'The card was declined.' }
  await send(eventOf({ reference, status: 'requires_payment_method', charge: null, failure }))
  await house.settle()
  const [transaction] = await house.transactionsOf(order)
  expect(transaction).toMatchObject({ status: 'CHARGED', failureCode: null })
  expect(transaction?.events.map(({ type }) => type)).toContain('CHARGE_FAILURE')
})

test('an event about nothing we know is kept and ignored', async () => {
  const event = eventOf({ reference: 'sbx_pi_unknown' })
  expect((await send(event)).status).toBe(200)
  await house.settle()
  expect(await house.prisma.providerEvent.findFirst({ where: { id: event.id } })).toMatchObject({
    state: 'IGNORED',
    payload: { id: event.id },
  })
})

test('an event that overtakes the answer of the call is found by our own id', async () => {
  const { order, reference, transactionId } = await started()
  // As a crash between the call and its answer leaves it.
  await house.prisma.transaction.update({
    where: { id: transactionId },
    data: { pspReference: null, clientSecret: null },
  })
  await send(eventOf({ reference, transactionId }))
  await house.settle()
  expect((await house.transactionsOf(order))[0]).toMatchObject({ status: 'CHARGED', pspReference: reference })
})

test('another amount than asked opens a case, and what was taken is told', async () => {
  const { order, reference } = await started()
  const charge = { reference: 'sbx_ch_less', currency: 'EUR', amountMinor: '100' }
  await send(eventOf({ reference, charge }))
  await house.settle()
  const [transaction] = await house.transactionsOf(order)
  expect(transaction).toMatchObject({ status: 'CHARGED', chargedMinor: 100n })
  expect(
    await house.prisma.paymentCase.findMany({ where: { transactionId: transaction!.id } }),
  ).toMatchObject([{ kind: 'AMOUNT_MISMATCH', closedAt: null }])
})

test('an event that can not be read is tried again, then kept as failed with what was wrong', async () => {
  const { reference } = await started()
  const { id } = eventOf({ reference })
  await house.prisma.providerEvent.create({
    data: {
      provider: 'sandbox',
      id,
      type: 'intent.succeeded',
      payload: { id, broken: true },
      state: 'RECEIVED',
      receivedAt: house.clock.now(),
      dueAt: house.clock.now(),
    },
  })
  for (let time = 0; time < 12; time++) {
    await house.settle()
    house.clock.advance(300_000)
  }
  const kept = await house.prisma.providerEvent.findFirstOrThrow({ where: { id } })
  expect(kept).toMatchObject({ state: 'FAILED', attempts: 10, dueAt: null })
  expect(kept.error).not.toBe('')
})

test.each([
  ['changed', 'UPDATE transaction_events SET amount_minor = 1'],
  ['deleted', 'DELETE FROM transaction_events'],
  ['emptied', 'TRUNCATE transaction_events'],
])('what happened to money can not be %s', async (_, sql) => {
  await started()
  await expect(house.prisma.$executeRawUnsafe(sql)).rejects.toThrow('only grows')
})
