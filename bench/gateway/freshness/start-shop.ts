// What a product page is made of: the real catalog and orders, on databases and queues of their own.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Redis } from 'ioredis'
import { createLocalJWKSet } from 'jose'
import { demoCollections, demoProducts } from '../../../embedded/demo/catalogue/catalogue.ts'
import { demoMarkets } from '../../../embedded/demo/markets.ts'
import { toProductInput } from '../../../embedded/demo/to-product-input.ts'
import { makeSecrets } from '../../../embedded/house-secrets.ts'
import { createInvalidation } from '../../../gateway/invalidation.ts'
import { productChanged } from '../../../contracts/catalog.ts'
import { createTokenVerifier } from '../../../platform/auth/access-token.ts'
import { dropDatabase } from '../../../platform/database/drop-database.ts'
import { ensureDatabase } from '../../../platform/database/ensure-database.ts'
import { migrate } from '../../../platform/database/migrate.ts'
import { deleteRabbitBus } from '../../../platform/events/rabbit-cleanup.ts'
import { declareRabbitQueues } from '../../../platform/events/rabbit-topology.ts'
import { defaultRetry } from '../../../platform/events/retry-policy.ts'
import type { Logger } from '../../../platform/log/logger.ts'
import { openParts, partsConfig } from '../../../platform/server/parts.ts'
import { startSubgraph } from '../../../platform/server/start-subgraph.ts'
import { readCatalogConfig } from '../../../subgraphs/catalog/config.ts'
import type { ProductInput } from '../../../subgraphs/catalog/domain/product.ts'
import { createCatalog } from '../../../subgraphs/catalog/service.ts'
import { saveCollection } from '../../../subgraphs/catalog/usecases/save-collection.ts'
import { saveMarket } from '../../../subgraphs/catalog/usecases/save-market.ts'
import { saveProduct } from '../../../subgraphs/catalog/usecases/save-product.ts'
import { readOrdersConfig } from '../../../subgraphs/orders/config.ts'
import { createOrders } from '../../../subgraphs/orders/service.ts'
import { services } from './config.ts'
import { priceOf } from './price-version.ts'

/** The queue of one who only notes when events come. */
const probe = 'freshness.probe'
const migrations = resolve(import.meta.dirname, '../../../prisma')

export interface Shop {
  readonly slugs: readonly string[]
  readonly gatewaySecret: string
  readonly prefix: string
  readonly urls: { catalog: string; orders: string }
  /**
   * Gives the first variant of a product the price of `version`, as a merchandiser's change does. Resolves, when it is
   * committed, to the last moment before: milliseconds since the epoch, by PostgreSQL on this machine.
   */
  changePrice(slug: string, version: number): Promise<number>
  /** When RabbitMQ brought the event of a change to somebody here; a gateway gets it at about the same moment. */
  heardAt(slug: string, version: number): number | undefined
  /** Resolves when everything told is published and handled here. */
  settle(): Promise<void>
  /** Ends it, and deletes what it made in PostgreSQL, RabbitMQ and Redis. */
  close(): Promise<void>
}

/** `isInCollections`: the pages show other products too, and so any change of a product ends all of them. */
export async function startShop(options: {
  products: number
  isInCollections: boolean
  log: Logger
}): Promise<Shop> {
  const { log } = options
  const run = `maison_freshness_${process.pid}`
  const prefix = `${run}.`
  const dataFolder = await mkdtemp(join(tmpdir(), 'maison-freshness-'))
  const secrets = await makeSecrets()
  const databaseUrl = (name: string) => {
    const url = new URL(services.postgres)
    url.pathname = `/${run}_${name}`
    return url.href
  }
  const names = ['catalog', 'orders'] as const
  for (const name of names) {
    await ensureDatabase(databaseUrl(name))
    await migrate({ url: databaseUrl(name), folder: join(migrations, name, 'migrations'), log })
  }
  const parts = await openParts(
    partsConfig.parse({
      AMQP_URL: services.rabbit,
      AMQP_PREFIX: prefix,
      REDIS_URL: services.redis,
      REDIS_PREFIX: prefix,
      DATA_FOLDER: dataFolder,
    }),
    log,
  )
  const environment = (name: string) => ({
    ...secrets,
    DATABASE_URL: databaseUrl(name),
    DATABASE_POOL: '20',
    DATA_FOLDER: dataFolder,
    JWKS_URL: 'http://127.0.0.1/unused',
    PORT: '0',
  })
  const catalog = createCatalog(readCatalogConfig(environment('catalog')), parts)
  const orders = createOrders(readOrdersConfig(environment('orders')), parts)
  const consumers = [...catalog.consumers, ...orders.consumers, createInvalidation(() => Promise.resolve())]
  await declareRabbitQueues({ url: services.rabbit, prefix, consumers })
  const heard = new Map<string, number>()
  await parts.bus.subscribe({
    queue: probe,
    types: [productChanged.type],
    handle: async ({ payload }) => {
      const { slug, variants } = productChanged.payload.parse(payload)
      const price = variants[0]?.prices.find(({ marketId }) => marketId === 'FR')
      heard.set(`${slug} ${price?.amountMinor ?? ''}`, performance.timeOrigin + performance.now())
    },
  })
  const serving = {
    port: 0,
    gatewaySecret: secrets.GATEWAY_SECRET,
    verifyToken: createTokenVerifier({
      keys: createLocalJWKSet({ keys: [] }),
      ...{ issuer: 'maison', audience: 'maison' },
    }),
    bus: parts.bus,
    log,
  }
  const running = [await startSubgraph(catalog, serving), await startSubgraph(orders, serving)] as const
  for (const subgraph of running) subgraph.begin()

  const products = new Map<string, ProductInput>()
  for (const product of demoProducts.filter(({ variants }) => variants[0]?.prices.FR !== undefined)) {
    if (products.size < options.products) products.set(product.slug, toProductInput(product))
  }
  await catalog.database.transact(async (tx) => {
    for (const [position, { id: marketId, ...market }] of demoMarkets.entries()) {
      const taxRates = market.taxRates.map((rate) => ({ ...rate }))
      const { countries, locales } = market
      await saveMarket(tx, {
        ...market,
        ...{ marketId, position, taxRates, countries: [...countries], locales: [...locales] },
      })
    }
  })

  async function changePrice(slug: string, version: number): Promise<number> {
    const product = products.get(slug)
    if (!product) throw new Error(`There is no ${slug}`)
    const [first, ...others] = product.variants
    if (!first) throw new Error(`${slug} has no variant`)
    const price = { amountMinor: priceOf(version), compareAtMinor: null }
    const variants = [{ ...first, prices: { ...first.prices, FR: price } }, ...others]
    return catalog.database.transact(async (tx) => {
      await saveProduct(tx, { ...product, variants }, new Date())
      const [row] = await tx.$queryRaw<
        { ms: number }[]
      >`SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms`
      return row?.ms ?? Number.NaN
    })
  }

  async function settle(): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      await Promise.all(running.map((subgraph) => subgraph.idle()))
      await parts.bus.idle()
    }
  }

  for (const slug of products.keys()) await changePrice(slug, 0)
  if (options.isInCollections) {
    for (const collection of demoCollections) {
      const productSlugs = demoProducts
        .filter(({ slug, collections }) => products.has(slug) && collections.includes(collection.slug))
        .map(({ slug }) => slug)
      await catalog.database.transact((tx) => saveCollection(tx, { ...collection, productSlugs }, new Date()))
    }
  }
  await settle()

  return {
    slugs: [...products.keys()],
    gatewaySecret: secrets.GATEWAY_SECRET,
    prefix,
    urls: { catalog: running[0].url, orders: running[1].url },
    changePrice,
    heardAt: (slug, version) => heard.get(`${slug} ${priceOf(version)}`),
    settle,
    close: async () => {
      await Promise.all(running.map((subgraph) => subgraph.stopListening()))
      await parts.bus.close()
      await Promise.all(running.map((subgraph) => subgraph.close()))
      await parts.close()
      for (const name of names) await dropDatabase(databaseUrl(name))
      const queues = [...consumers.map(({ name }) => name), probe]
      await deleteRabbitBus({ url: services.rabbit, prefix, queues, retry: defaultRetry })
      await forgetKeys(prefix)
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

async function forgetKeys(prefix: string): Promise<void> {
  const redis = new Redis(services.redis)
  for await (const keys of redis.scanStream({ match: `*${prefix}*`, count: 1_000 }) as AsyncIterable<
    string[]
  >) {
    if (keys.length > 0) await redis.unlink(...keys)
  }
  await redis.quit()
}
