import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { demoShops } from '#embedded/demo/shops.ts'
import { dataFolder } from './config.ts'
import { asker, enterAsGuest, eventually, signIn } from './door.ts'
import { findVariant, pay, placed, readOrder, readVariants } from './shopping.ts'

const url = inject('houseUrl')
const today = new Date().toISOString().slice(0, 10)

interface Sales {
  sales: { byChannel: { channel: string; orders: number; total: { minorUnits: string } }[] }
}

const salesDocument = `query Sales($day: String!) { sales(from: $day, to: $day, currency: "EUR") {
  byChannel { channel orders total { minorUnits } } } }`

test('a web order and a cash sale both reach the executive, to the cent', async () => {
  const executive = await signIn(url, 'executive@maison.example')
  const read = async () => {
    const { sales } = await executive.ask<Sales>(salesDocument, { day: today })
    const of = (channel: string) => sales.byChannel.find((row) => row.channel === channel)
    return { web: of('WEB')?.orders ?? 0, pos: BigInt(of('POS')?.total.minorUnits ?? '0') }
  }
  const before = await read()

  const guest = await enterAsGuest(url)
  const variant = await findVariant(asker(url), 2)
  const { order, paymentTicket } = await placed(guest.ask, [{ variantId: variant.id, quantity: 1 }])
  await pay(url, guest.ask, paymentTicket, '4242424242424242')
  await eventually(async () => {
    expect((await readOrder(guest.ask, order.id)).status).toBe('UNFULFILLED')
  })
  const sold = await sellForCash()

  await eventually(async () => {
    const after = await read()
    expect(after.web).toBeGreaterThan(before.web)
    expect(after.pos).toBe(before.pos + sold)
  })
})

async function sellForCash(): Promise<bigint> {
  const clerk = await signIn(url, 'clerk@maison.example')
  const registerId = demoShops[0].registers[0].id
  await clerk.ask(
    `mutation Open($input: StartCashSessionInput!) { startCashSession(input: $input) { __typename } }`,
    { input: { registerId, currency: 'EUR', float: '20000' } },
  )
  const sale = async (variantId: string, amount: string) => {
    const { recordSale } = await clerk.ask<{
      recordSale: {
        __typename: string
        due?: { minorUnits: string }
        change?: { minorUnits: string }
        order?: { status: string; chargeStatus: string; total: { minorUnits: string } }
      }
    }>(
      `mutation Sell($input: RecordSaleInput!) { recordSale(input: $input) { __typename
         ... on UserError { message } ... on TenderMismatchError { due { minorUnits } }
         ... on RecordSaleSuccess { change { minorUnits } order { status chargeStatus total { minorUnits } } } } }`,
      {
        input: {
          registerId,
          lines: [{ variantId, quantity: 1 }],
          tenders: [{ kind: 'CASH', amount }],
          soldAt: new Date().toISOString(),
          idempotencyKey: randomUUID(),
        },
      },
    )
    return recordSale
  }
  for (const { id } of await readVariants(clerk.ask)) {
    const refused = await sale(id, '1')
    expect(refused.__typename).toBe('TenderMismatchError')
    const due = BigInt(refused.due?.minorUnits ?? '0')
    const done = await sale(id, String(due + 500n))
    // Only a boutique's own stock is on its shelf: try the next thing.
    if (done.__typename === 'OutOfStockError') continue
    expect(done).toMatchObject({
      __typename: 'RecordSaleSuccess',
      change: { minorUnits: '500' },
      order: { status: 'FULFILLED', chargeStatus: 'FULL', total: { minorUnits: String(due) } },
    })
    return due
  }
  throw new Error('The boutique has nothing on its shelf')
}

test('a courier takes a parcel along and hands it over; the customer sees it', async () => {
  const guest = await enterAsGuest(url)
  const variant = await findVariant(asker(url), 1)
  const { order, paymentTicket } = await placed(guest.ask, [{ variantId: variant.id, quantity: 1 }])
  await pay(url, guest.ask, paymentTicket, '4242424242424242')
  const courier = await signIn(url, 'courier@maison.example')
  const parcel = await eventually(async () => {
    const { myDeliveries } = await courier.ask<{
      myDeliveries: {
        nodes: { id: string; orderNumber: string; status: string; address: { city: string } }[]
      }
    }>('{ myDeliveries(first: 100) { nodes { id orderNumber status address { city } } } }')
    const found = myDeliveries.nodes.find((node) => node.orderNumber === order.number)
    if (!found) throw new Error('The parcel is not on the list')
    return found
  })
  expect(parcel).toMatchObject({ status: 'PENDING', address: { city: 'Paris' } })
  for (const status of ['CARRIER_PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED', 'DELIVERED']) {
    const { updateDelivery } = await courier.ask<{ updateDelivery: { __typename: string } }>(
      `mutation Step($input: UpdateDeliveryInput!) { updateDelivery(input: $input) { __typename } }`,
      { input: { deliveryId: parcel.id, status } },
    )
    expect(updateDelivery.__typename).toBe('UpdateDeliverySuccess')
  }
  const { order: seen } = await guest.ask<{ order: { status: string; deliveries: { status: string }[] } }>(
    'query Seen($id: ID!) { order(id: $id) { status deliveries { status } } }',
    { id: order.id },
  )
  expect(seen).toEqual({ status: 'FULFILLED', deliveries: [{ status: 'DELIVERED' }] })
})

const fashion = join(dataFolder, 'catalog/shopify/Fashion.csv')

test.runIf(existsSync(fashion))(
  'a real product file of 5,024 rows arrives complete (skipped where the file is absent)',
  { timeout: 180_000 },
  async () => {
    const [expected] = Object.values(
      JSON.parse(await readFile(join(dataFolder, 'catalog/shopify/expected.json'), 'utf8')) as Record<
        string,
        { products: number; variants: number }
      >,
    )
    const merchandiser = await signIn(url, 'merchandiser@maison.example')
    const upload = await fetch(`${url}/uploads/imports`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', authorization: `Bearer ${merchandiser.token}` },
      body: new Uint8Array(await readFile(fashion)),
    })
    expect(upload.status).toBe(201)
    const { uploadId } = (await upload.json()) as { uploadId: string }
    const { startProductImport } = await merchandiser.ask<{
      startProductImport: { __typename: string; importJob: { id: string } }
    }>(
      `mutation Import($input: StartProductImportInput!) { startProductImport(input: $input) { __typename
         ... on StartProductImportSuccess { importJob { id } } } }`,
      { input: { uploadId, fileName: 'Fashion.csv', market: 'US', idempotencyKey: randomUUID() } },
    )
    expect(startProductImport.__typename).toBe('StartProductImportSuccess')
    const job = await eventually(async () => {
      const { importJob } = await merchandiser.ask<{
        importJob: { status: string; products: number; variants: number; processedRows: number }
      }>('query Job($id: ID!) { importJob(id: $id) { status products variants processedRows } }', {
        id: startProductImport.importJob.id,
      })
      expect(importJob.status).toMatch(/^(COMPLETED|FAILED)/)
      return importJob
    }, 150_000)
    expect(job.status).toMatch(/^COMPLETED/)
    expect(job).toMatchObject({ products: expected?.products, variants: expected?.variants })
  },
)
