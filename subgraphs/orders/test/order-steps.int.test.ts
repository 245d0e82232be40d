// Every step there is, tried on an order in every status, at the door: it leads where the table says or is told apart.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import type { OrderStatus } from '../domain/order-state.ts'
import { handOver } from './goods-out.ts'
import { courier, type House, openHouse, support } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  expect(await house.violations()).toEqual([])
  await house.close()
})

interface Sample {
  id: string
  lineId: string
  parcels: string[]
  shopper: Identity
}

async function mutate(
  document: string,
  variables: Record<string, unknown>,
  identity: Identity,
): Promise<string> {
  const { data, errors } = await house.query<{ result: { kind: string; status?: string } }>(
    document,
    variables,
    identity,
  )
  if (errors) throw new Error(JSON.stringify(errors))
  return data.result.kind
}

const steps = {
  'cancelOrder by the shopper': ({ id, shopper }: Sample) =>
    mutate(`mutation ($id: ID!) { result: cancelOrder(id: $id) { kind: __typename } }`, { id }, shopper),
  'cancelOrder by support': ({ id }: Sample) =>
    mutate(`mutation ($id: ID!) { result: cancelOrder(id: $id) { kind: __typename } }`, { id }, support),
  renewPaymentTicket: ({ id, shopper }: Sample) =>
    mutate(
      `mutation ($id: ID!) { result: renewPaymentTicket(orderId: $id) { kind: __typename } }`,
      { id },
      shopper,
    ),
  'updateDelivery: handed over': ({ parcels }: Sample) =>
    mutate(
      `mutation ($id: ID!) { result: updateDelivery(input: { deliveryId: $id, status: CARRIER_PICKED_UP }) { kind: __typename } }`,
      { id: parcels.at(-1) ?? uuidv7() },
      courier,
    ),
  requestReturn: ({ id, lineId, shopper }: Sample) =>
    mutate(
      `mutation ($input: RequestReturnInput!) { result: requestReturn(input: $input) { kind: __typename } }`,
      {
        input: {
          orderId: id,
          lines: [{ lineId, quantity: 1 }],
          reason: 'OTHER',
          idempotencyKey: uuidv7(),
        },
      },
      shopper,
    ),
}
type Step = keyof typeof steps

/** An order of two parcels with a piece each, brought to a status the way customers and staff do. */
async function bring(to: OrderStatus): Promise<Sample> {
  const shopper = testIdentity()
  const variantId = await house.sell({ 'PAR-DC': 1, 'LYO-DC': 1 })
  const { id, ...order } = await house.placed(house.orderOf(variantId, 2), shopper)
  const line = await house.prisma.orderLine.findFirstOrThrow({ where: { orderId: id } })
  const sample = { id, lineId: line.id, parcels: [] as string[], shopper }
  if (to === 'CANCELED') await steps['cancelOrder by the shopper'](sample)
  if (to === 'EXPIRED') {
    house.clock.advance(16 * 60_000)
    await house.runJob('expire-orders')
  }
  if (to === 'UNCONFIRMED' || to === 'CANCELED' || to === 'EXPIRED') return sample
  await house.charge({ id, ...order })
  const parcels = await house.prisma.delivery.findMany({ where: { orderId: id }, orderBy: { id: 'asc' } })
  sample.parcels = parcels.map((parcel) => parcel.id)
  if (to !== 'UNFULFILLED') await handOver(house, id, to === 'PARTIALLY_FULFILLED' ? 1 : 2)
  for (let back = to === 'RETURNED' ? 2 : to === 'PARTIALLY_RETURNED' ? 1 : 0; back > 0; back--) {
    await steps.requestReturn(sample)
    const { id: returnId } = await house.prisma.return.findFirstOrThrow({
      where: { orderId: id, status: 'REQUESTED' },
    })
    const taken = `mutation ($id: ID!) { approveReturn(id: $id) { __typename }
      result: receiveReturn(input: { id: $id, isRestocked: true }) { kind: __typename } }`
    await mutate(taken, { id: returnId }, support)
  }
  return sample
}

const refused = 'IllegalOrderStateError'
// Where a step leads, or how it is refused. What is not there yet is refused as something that is not there.
const table: Record<OrderStatus, Record<Step, string>> = {
  UNCONFIRMED: {
    'cancelOrder by the shopper': 'CANCELED',
    'cancelOrder by support': 'CANCELED',
    renewPaymentTicket: 'UNCONFIRMED',
    'updateDelivery: handed over': 'DeliveryNotFoundError',
    requestReturn: refused,
  },
  UNFULFILLED: {
    'cancelOrder by the shopper': refused,
    'cancelOrder by support': 'CANCELED',
    renewPaymentTicket: refused,
    'updateDelivery: handed over': 'PARTIALLY_FULFILLED',
    requestReturn: refused,
  },
  PARTIALLY_FULFILLED: {
    'cancelOrder by the shopper': refused,
    'cancelOrder by support': refused,
    renewPaymentTicket: refused,
    'updateDelivery: handed over': 'FULFILLED',
    requestReturn: 'PARTIALLY_FULFILLED',
  },
  FULFILLED: {
    'cancelOrder by the shopper': refused,
    'cancelOrder by support': refused,
    renewPaymentTicket: refused,
    'updateDelivery: handed over': 'FULFILLED',
    requestReturn: 'FULFILLED',
  },
  PARTIALLY_RETURNED: {
    'cancelOrder by the shopper': refused,
    'cancelOrder by support': refused,
    renewPaymentTicket: refused,
    'updateDelivery: handed over': 'PARTIALLY_RETURNED',
    requestReturn: 'PARTIALLY_RETURNED',
  },
  RETURNED: {
    'cancelOrder by the shopper': refused,
    'cancelOrder by support': refused,
    renewPaymentTicket: refused,
    'updateDelivery: handed over': 'RETURNED',
    requestReturn: refused,
  },
  EXPIRED: {
    'cancelOrder by the shopper': refused,
    'cancelOrder by support': refused,
    renewPaymentTicket: refused,
    'updateDelivery: handed over': 'DeliveryNotFoundError',
    requestReturn: refused,
  },
  CANCELED: {
    'cancelOrder by the shopper': 'CANCELED',
    'cancelOrder by support': 'CANCELED',
    renewPaymentTicket: refused,
    'updateDelivery: handed over': 'DeliveryNotFoundError',
    requestReturn: refused,
  },
}

test.each(Object.entries(table))('each step of an order that is %s leads where it may', async (from, row) => {
  for (const [step, expected] of Object.entries(row)) {
    const sample = await bring(from as OrderStatus)
    expect((await house.order(sample.id)).status).toBe(from)
    const before = await house.prisma.orderEvent.count({ where: { orderId: sample.id } })
    const kind = await steps[step as Step](sample)
    const { status } = await house.order(sample.id)
    const events = await house.prisma.orderEvent.count({ where: { orderId: sample.id } })
    const outcome = kind.endsWith('Error') ? kind : status
    expect(`${step}: ${outcome}`).toBe(`${step}: ${expected}`)
    if (status !== from) expect(events).toBeGreaterThan(before)
    if (kind.endsWith('Error')) expect([status, events]).toEqual([from, before])
  }
})

test('staff are shown the steps an order allows', async () => {
  const shown: Record<string, string[]> = {}
  for (const status of Object.keys(table) as OrderStatus[]) {
    const { id } = await bring(status)
    const { data } = await house.query<{ order: { nextSteps: string[] } }>(
      `query ($id: ID!) { order(id: $id) { nextSteps } }`,
      { id },
      support,
    )
    shown[status] = data.order.nextSteps
  }
  expect(shown).toEqual({
    UNCONFIRMED: ['CANCEL'],
    UNFULFILLED: ['CANCEL', 'HAND_OVER'],
    PARTIALLY_FULFILLED: ['HAND_OVER', 'TAKE_BACK'],
    FULFILLED: ['TAKE_BACK'],
    PARTIALLY_RETURNED: ['TAKE_BACK'],
    RETURNED: [],
    EXPIRED: [],
    CANCELED: [],
  })
})
