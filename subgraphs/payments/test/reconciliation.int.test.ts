import { afterAll, beforeAll, expect, test } from 'vitest'
import { reconciliationMismatched } from '#contracts/orders.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { clerk, type House, openHouse, type Order, support } from './house.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  await house.close()
})

interface Run {
  id: string
  state: string
  compared: number
  found: number
}

const runFields = `id state compared found`

async function begin(identity = support): Promise<Run> {
  const { data, errors } = await house.query<{ startReconciliation: { run: Run } }>(
    `mutation { startReconciliation { ... on ReconciliationRunSuccess { run { ${runFields} } } } }`,
    {},
    identity,
  )
  if (errors) throw new Error(JSON.stringify(errors))
  return data.startReconciliation.run
}

/** Compares everything that has had time to settle. */
async function compare(): Promise<Run> {
  await house.settle()
  house.clock.advance(6 * 60_000)
  await house.settle()
  const { id } = await begin()
  await house.runJob('reconcile')
  const { data } = await house.query<{ reconciliationRuns: { nodes: Run[] } }>(
    `query { reconciliationRuns { nodes { ${runFields} } } }`,
    {},
    support,
  )
  const run = data.reconciliationRuns.nodes.find((one) => one.id === id)
  if (run?.state !== 'COMPLETED') throw new Error(JSON.stringify(run))
  return run
}

interface Difference {
  id: string
  check: string
  subject: string
  closedAt: string | null
  case: { kind: string; closedAt: string | null } | null
  transaction: { id: string } | null
}

async function differences(subject: string): Promise<Difference[]> {
  const { data } = await house.query<{ reconciliationDifferences: { nodes: Difference[] } }>(
    `query { reconciliationDifferences(first: 100) { nodes {
       id check subject closedAt case { kind closedAt } transaction { id } } } }`,
    {},
    support,
  )
  return data.reconciliationDifferences.nodes.filter((one) => one.subject === subject)
}

async function paid(): Promise<Order & { reference: string }> {
  const order = await house.placeOrder()
  const { client } = await house.pay(order, '4242424242424242')
  await house.settle()
  await house.confirmOrder(order)
  return { ...order, reference: client.reference }
}

test('books that agree have no differences', async () => {
  const order = await paid()
  const run = await compare()
  expect(run.compared).toBeGreaterThan(0)
  expect(await differences(order.reference)).toEqual([])
  expect(await differences(order.orderId)).toEqual([])
})

test('ten who ask at once start one comparison', async () => {
  const runs = await Promise.all(Array.from({ length: 10 }, () => begin()))
  expect(new Set(runs.map(({ id }) => id)).size).toBe(1)
  await house.runJob('reconcile')
})

test('a charge that belongs to no payment of ours is one row and one case, however often it is found', async () => {
  const { reference } = await paid()
  await house.prisma.transaction.update({
    where: { provider_pspReference: { provider: 'sandbox', pspReference: reference } },
    data: { pspReference: `lost ${reference}` },
  })
  await compare()
  await compare()
  const [found, ...more] = await differences(reference)
  expect(found).toMatchObject({ check: 'provider-ledger', closedAt: null, case: { kind: 'RECONCILIATION' } })
  expect(more).toEqual([])
  expect(await house.prisma.paymentCase.count({ where: { detail: { contains: reference } } })).toBe(1)
  await house.prisma.transaction.update({
    where: { provider_pspReference: { provider: 'sandbox', pspReference: `lost ${reference}` } },
    data: { pspReference: reference },
  })
  await compare()
  const [gone] = await differences(reference)
  expect(gone?.closedAt).not.toBeNull()
  expect(gone?.case?.closedAt).not.toBeNull()
})

test('a charge in our ledger that the provider does not have is a difference with its payment', async () => {
  const { reference } = await paid()
  await house.prisma.sandboxIntent.update({ where: { reference }, data: { status: 'canceled' } })
  await compare()
  expect(await differences(reference)).toMatchObject([
    { closedAt: null, case: { kind: 'RECONCILIATION' }, transaction: { id: expect.any(String) as string } },
  ])
})

test('money of an order that ended, and no case, is a difference with orders; once it is given back none', async () => {
  const order = await paid()
  await house.expireOrder(order)
  await compare()
  const [found] = await differences(order.orderId)
  expect(found).toMatchObject({ check: 'ledger-orders', closedAt: null })
  await house.ask(
    'refundPayment',
    { transactionId: found!.transaction!.id, reason: 'Ended.', idempotencyKey: uuidv7() },
    support,
  )
  await compare()
  expect((await differences(order.orderId))[0]?.closedAt).not.toBeNull()
})

test('an order that is to be delivered and was not paid is a difference', async () => {
  const order = await house.placeOrder()
  await house.confirmOrder(order)
  await compare()
  expect(await differences(order.orderId)).toMatchObject([{ check: 'ledger-orders', closedAt: null }])
})

test('what orders finds in its own books stands beside them, and goes when it is not told again', async () => {
  const mismatchId = uuidv7()
  const orderId = uuidv7()
  for (let told = 0; told < 2; told++) {
    await house.publish(reconciliationMismatched, {
      aggregateId: mismatchId,
      payload: { mismatchId, check: 'reserved', orderId, detail: 'One piece too many is held.' },
    })
  }
  await house.settle()
  expect(await differences(orderId)).toMatchObject([
    { id: mismatchId, check: 'orders: reserved', case: null },
  ])
  house.clock.advance(3 * 24 * 60 * 60_000)
  await compare()
  expect((await differences(orderId))[0]?.closedAt).not.toBeNull()
})

test('a comparison that was cut off goes on where it was', async () => {
  const { id } = await begin()
  await house.runJob('reconcile')
  await house.prisma.reconciliationRun.update({
    where: { id },
    data: {
      state: 'RUNNING',
      step: 'ledger-orders',
      cursor: null,
      finishedAt: null,
      dueAt: house.clock.now(),
    },
  })
  expect((await begin()).id).toBe(id)
  await house.runJob('reconcile')
  expect(await house.prisma.reconciliationRun.findUnique({ where: { id } })).toMatchObject({
    state: 'COMPLETED',
    step: 'own-books',
  })
})

test('clerks compare no books', async () => {
  await expect(begin(clerk)).rejects.toThrow('FORBIDDEN')
})
