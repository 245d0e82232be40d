// Orders processes on one PostgreSQL, without gateway and broker: what the goods alone allow.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startPostgres } from '../../embedded/postgres/start-postgres.ts'
import { dropDatabase } from '../../platform/database/drop-database.ts'
import { ensureDatabase } from '../../platform/database/ensure-database.ts'
import { migrate } from '../../platform/database/migrate.ts'
import { uuidv7 } from '../../platform/ids/uuid.ts'
import { createLogger } from '../../platform/log/logger.ts'
import { openParts, partsConfig } from '../../platform/server/parts.ts'
import { createGatewaySigner } from '../../platform/server/gateway-signature.ts'
import { readOrdersConfig } from '../../subgraphs/orders/config.ts'
import { createOrders } from '../../subgraphs/orders/service.ts'
import { checkInvariants } from '../../subgraphs/orders/usecases/check-invariants.ts'
import { learnMarket } from '../../subgraphs/orders/usecases/learn-market.ts'
import { learnProduct } from '../../subgraphs/orders/usecases/learn-product.ts'
import { openWarehouse } from '../../subgraphs/orders/usecases/open-warehouse.ts'
import { receiveStock } from '../../subgraphs/orders/usecases/receive-stock.ts'
import { inherited, services } from './config.ts'

const gatewaySecret = 'the-secret-of-a-bench'
const validFrom = '2020-01-01T00:00:00.000Z'

const placeOrder = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { kind: __typename } }`

/** Two doors of orders; `close` deletes what they made. */
export async function openOrders() {
  const folder = await mkdtemp(join(tmpdir(), 'maison-orders-'))
  const embedded = services.postgres === undefined ? await startPostgres({ dataFolder: folder }) : null
  const name = `maison_goods_${String(process.pid)}`
  const url = embedded ? embedded.url(name) : new URL(`/${name}`, services.postgres).href
  await ensureDatabase(url)
  await migrate({ url, folder: resolve(import.meta.dirname, '../../prisma/orders/migrations') })
  const env = {
    PORT: '0',
    DATABASE_URL: url,
    GATEWAY_SECRET: gatewaySecret,
    JWKS_URL: 'http://127.0.0.1:1/unused',
    DATA_FOLDER: folder,
    PAYMENT_TICKET_SECRET: 'a-secret-of-32-characters-or-more',
  }
  const log = createLogger({ name: 'bench', level: 'error' })
  const parts = await openParts(partsConfig.parse({ DATA_FOLDER: folder }), log)
  const { database } = createOrders(readOrdersConfig(env), parts)
  await database.transact(async (tx) => {
    await learnMarket(tx, {
      marketId: 'FR',
      currency: 'EUR',
      countries: ['FR'],
      locales: ['fr'],
      pricesIncludeTax: true,
      taxRounding: 'LINE',
      roundingMode: 'HALF_UP',
      reservationMinutes: 15,
      bankTransferDays: null,
      taxRates: [{ country: 'FR', taxCategory: 'standard', ratePpm: 200_000, validFrom }],
    })
    await openWarehouse(tx, { code: 'PAR-DC', priority: 1, markets: ['FR'], country: 'FR' })
    await openWarehouse(tx, { code: 'LYO-DC', priority: 2, markets: ['FR'], country: 'FR' })
  })
  const children: ChildProcess[] = []
  const doors: string[] = []
  for (let count = 0; count < 2; count++) {
    const child = fork(resolve(import.meta.dirname, 'orders-door.ts'), { env: { ...inherited, ...env } })
    children.push(child)
    const at = await new Promise<unknown>((resolve) => child.once('message', resolve))
    if (typeof at !== 'string') throw new Error('A process of orders did not say where it is')
    doors.push(at)
  }
  const sign = createGatewaySigner(gatewaySecret)
  let asked = 0

  return {
    pool: database.pool,
    /** A new variant with so many pieces in each of two warehouses. */
    sell: async (stock: { 'PAR-DC'?: number; 'LYO-DC'?: number }): Promise<string> => {
      const variantId = uuidv7()
      await database.transact(async (tx) => {
        await learnProduct(tx, {
          productId: uuidv7(),
          slug: 'bag',
          status: 'ACTIVE',
          names: { en: 'Bag' },
          category: 'bags',
          taxCategory: 'standard',
          collectionIds: [],
          variants: [
            {
              variantId,
              sku: variantId,
              barcode: null,
              optionsLabels: { en: 'Black' },
              imageUrl: null,
              weightGrams: 900,
              isSerialized: false,
              prices: [
                {
                  marketId: 'FR',
                  currency: 'EUR',
                  amountMinor: '120000',
                  compareAtMinor: null,
                  validFrom,
                  validTo: null,
                },
              ],
            },
          ],
        })
        for (const [warehouseCode, quantity] of Object.entries(stock)) {
          const lines = [{ variantId, quantity }]
          await receiveStock(tx, { warehouseCode, lines, reference: null }, new Date())
        }
      })
      return variantId
    },
    /** One piece for a shopper nobody has seen, at the doors in turn: what kind of answer came. */
    hold: async (variantId: string): Promise<string> => {
      const body = JSON.stringify({
        query: placeOrder,
        variables: {
          input: {
            market: 'FR',
            lines: [{ variantId, quantity: 1 }],
            shippingAddress: { name: 'Camille', lines: ['1 rue X'], city: 'Paris', country: 'FR' },
            expectedTotal: '120000',
            locale: 'fr',
            idempotencyKey: uuidv7(),
          },
        },
      })
      const headers = {
        'content-type': 'application/json',
        'x-request-id': uuidv7(),
        authorization: `Bearer ${uuidv7()}`,
      }
      const signature = sign({ method: 'POST', path: '/graphql', headers, body: Buffer.from(body) })
      const door = doors[asked++ % doors.length] ?? ''
      const response = await fetch(`${door}/graphql`, {
        method: 'POST',
        headers: { ...headers, ...signature },
        body,
      })
      const text = await response.text()
      return /"kind":"(\w+)"/.exec(text)?.[1] ?? text
    },
    violations: () => database.transact((tx) => checkInvariants(tx, new Date())),
    close: async () => {
      for (const child of children) {
        child.kill()
        await once(child, 'exit')
      }
      await database.close()
      await parts.close()
      await (embedded ? embedded.stop() : dropDatabase(url))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Runs `work` for every item, so many at a time. */
export async function inQueues<T>(count: number, items: Iterable<T>, work: (item: T) => Promise<void>) {
  const waiting = items[Symbol.iterator]()
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (let next = waiting.next(); !next.done; next = waiting.next()) await work(next.value)
    }),
  )
}
