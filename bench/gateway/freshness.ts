// How long after a price change was committed any gateway still shows the old price, under load; and how long when no
// gateway hears of it. `node bench/gateway/freshness.ts [--changes n] [--reads n]`: about 2 minutes, on a PostgreSQL,
// a RabbitMQ and a Redis. The last line of output is one JSON object.
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createLogger } from '../../platform/log/logger.ts'
import { type Change, latenessOf, quantile } from './freshness/lateness.ts'
import { type GatewayProcess, startGatewayProcess } from './freshness/start-gateway-process.ts'
import { startReaders } from './freshness/start-readers.ts'
import { startShop } from './freshness/start-shop.ts'

const { values: flags } = parseArgs({
  options: {
    changes: { type: 'string', default: '1000' },
    /** A second, on both gateways together. */
    reads: { type: 'string', default: '2000' },
    /** Changes a second. */
    pace: { type: 'string', default: '10' },
    collections: { type: 'boolean', default: true },
    /**
     * The registered query that is read. The till's page holds one product and its prices. `ProductPage` also holds lists
     * of others, which any change of a product ends: then the figures are about how the origin bears that.
     */
    page: { type: 'string', default: 'TillVariants' },
  },
  allowNegative: true,
})
const changesAsked = Number(flags.changes)
const droppedChanges = 20
/** The longest that the schema lets a price be shown. */
const boundMs = 5_000

const documents = JSON.parse(
  readFileSync(new URL('../../web/generated/persisted-documents.json', import.meta.url), 'utf8'),
) as Record<string, string>
const [hash = '', text = ''] =
  Object.entries(documents).find(([, source]) => source.includes(`query ${flags.page}(`)) ?? []

const log = createLogger({ name: 'freshness', level: 'warn', destination: process.stderr })
const shop = await startShop({ products: 50, isInCollections: flags.collections, log })
const paths = shop.slugs.map((slug) => {
  const named = Object.entries({ slug, locale: 'en', market: 'FR' }).filter(([name]) =>
    text.includes(`${name}:`),
  )
  const variables = JSON.stringify(Object.fromEntries(named))
  return `/graphql/${hash}?variables=${encodeURIComponent(variables)}`
})
const versions = shop.slugs.map(() => 0)
console.log(`${shop.slugs.length} products, their pages on two gateways, ${flags.reads} reads a second`)

/** Tried again when the house is too busy, as a merchandiser would. */
async function changePrice(slug: string, version: number): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await shop.changePrice(slug, version)
    } catch (error) {
      if (tries === 5) throw error
    }
  }
}

async function measure(options: {
  changes: number
  perSecond: number
  hearsEvents: boolean
  readsPerSecond: number
}) {
  const gateways: GatewayProcess[] = []
  try {
    for (let place = 0; place < 2; place += 1) {
      gateways.push(await startGatewayProcess(shop, { hearsEvents: options.hearsEvents }))
    }
    const urls = gateways.map(({ url }) => url)
    const readers = startReaders({
      ...{ gateways: urls, paths, readsPerSecond: options.readsPerSecond },
      watchMs: 300,
    })
    // Warm, and every product in memory.
    await wait(5_000)
    const startedAt = Date.now()
    const changes: Change[] = []
    /** One change of a product after the other, as its versions go up. */
    const lastOf: Promise<void>[] = []
    for (let place = 0; place < options.changes; place += 1) {
      const product = place % shop.slugs.length
      const version = (versions[product] ?? 0) + 1
      versions[product] = version
      if (options.hearsEvents) readers.watch({ product, version })
      const made = (lastOf[product] ?? Promise.resolve()).then(async () => {
        changes.push({ product, version, atMs: await changePrice(shop.slugs[product] ?? '', version) })
      })
      // Told when all are awaited.
      made.catch(() => undefined)
      lastOf[product] = made
      await wait(Math.max(0, startedAt + ((place + 1) * 1_000) / options.perSecond - Date.now()))
    }
    await Promise.all(lastOf)
    if (!options.hearsEvents) {
      // Who reads all the time makes a gateway ask anew: the oldest is what somebody sees who comes by again.
      await wait(boundMs)
      for (const { product, version } of changes) readers.watch({ product, version })
    }
    await wait(2_000)
    const seconds = (Date.now() - startedAt) / 1_000
    const counts = await Promise.all(gateways.map((gateway) => gateway.counts()))
    const told = await readers.end()
    // An error shows nobody an old price; many of them mean that the machine was too busy for any figure.
    if (told.failures > told.reads.length / 100) throw new Error(`${told.failures} answers showed no price`)
    return {
      ...told,
      changes,
      counts,
      seconds,
      readsPerSecond: Math.round(told.reads.length / (seconds + 5)),
    }
  } finally {
    await Promise.all(gateways.map((gateway) => gateway.stop()))
  }
}

const round = (ms: number) => Math.round(ms)

try {
  const heard = await measure({
    changes: changesAsked,
    perSecond: Number(flags.pace),
    hearsEvents: true,
    readsPerSecond: Number(flags.reads),
  })
  const lateness = latenessOf(sorted(heard.changes), heard.reads, 2)
  const p = (part: number) => round(quantile(lateness, part))
  console.log(
    `${heard.changes.length} changes in ${round(heard.seconds)} s under ${heard.readsPerSecond} reads/s` +
      ` (${heard.skipped} not asked, ${heard.failures} failed): old price after the change for ms:` +
      ` p50 ${p(0.5)}, p90 ${p(0.9)}, p99 ${p(0.99)}, max ${p(1)}`,
  )
  const onTheWay = heard.changes.map(
    ({ product, version, atMs }) => (shop.heardAt(shop.slugs[product] ?? '', version) ?? Number.NaN) - atMs,
  )
  const w = (part: number) => round(quantile(onTheWay, part))
  console.log(
    `  of which outbox, relay and RabbitMQ: p50 ${w(0.5)}, p90 ${w(0.9)}, p99 ${w(0.99)}, max ${w(1)}`,
  )
  for (const [place, counts] of heard.counts.entries()) {
    console.log(`  gateway ${place}: ${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}`)
  }
  await shop.settle()
  // Each product starts at a price that every gateway of the second part shows first.
  const before = [...versions]
  const dropped = await measure({
    changes: droppedChanges,
    perSecond: 10,
    hearsEvents: false,
    readsPerSecond: 40,
  })
  const rebased = dropped.changes.map((change) => ({
    ...change,
    version: change.version - (before[change.product] ?? 0),
  }))
  const readsSince = dropped.reads.map((read) => ({
    ...read,
    version: Math.max(0, read.version - (before[read.product] ?? 0)),
  }))
  const oldest = Math.max(...latenessOf(sorted(rebased), readsSince, 2))
  console.log(
    `${dropped.changes.length} changes that no gateway heard of: old price for ${round(oldest)} ms at most (bound ${boundMs})`,
  )
  console.log(
    JSON.stringify({
      freshP50Ms: p(0.5),
      freshP90Ms: p(0.9),
      freshP99Ms: p(0.99),
      freshMaxMs: p(1),
      changes: heard.changes.length,
      reads: heard.reads.length,
      readsPerSecond: heard.readsPerSecond,
      oldestWithEventsDroppedMs: round(oldest),
    }),
  )
  if (oldest > boundMs) process.exitCode = 1
} finally {
  await shop.close()
}

/** By product the versions must come in order. */
function sorted(changes: readonly Change[]): Change[] {
  return changes.toSorted((a, b) => a.version - b.version)
}
