// Two gateways on one real Redis, one of which hears the events: what nobody is shown any more after a change.
import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { productChanged } from '#contracts/catalog.ts'
import type { Bus } from '#platform/events/bus.ts'
import { startTcpProxy, type TcpProxy } from '#platform/testing/tcp-proxy.ts'
import {
  addressOf,
  registeredDocuments,
  shop,
  type Shelves,
  stockedShelves,
  stockroom,
  tote,
} from './shelves.ts'
import { createTestBus, tellProduct } from './tell-product.ts'
import { startTestGateway } from './test-gateway.ts'

const redisUrl = process.env.TEST_REDIS_URL
if (redisUrl === undefined)
  console.warn('Skipped: no Redis is given (TEST_REDIS_URL=redis://127.0.0.1:6379).')

type TestGateway = Awaited<ReturnType<typeof startTestGateway>>

/** As long as an answer with stock in it may live, by the schema of the shelves. */
const longestAgeMs = 5_000
const name = addressOf('name', { id: tote })
const product = addressOf('product', { id: tote })
const story = addressOf('story', { id: tote })

/** Holds back what a subgraph has read already, so that it arrives after what happens meanwhile. */
function createGate() {
  let isClosed = false
  let held: { open: () => void }[] = []
  return {
    close: () => {
      isClosed = true
    },
    /** Lets go of what is held, and holds nothing more. */
    open: () => {
      isClosed = false
      for (const { open } of held) open()
      held = []
    },
    /** Holds nothing more; what is held stays. */
    passOthers: () => {
      isClosed = false
    },
    held: () => held.length,
    pass: async () => {
      if (!isClosed) return
      const { promise, resolve } = Promise.withResolvers<undefined>()
      held.push({
        open: () => {
          resolve(undefined)
        },
      })
      await promise
    },
  }
}

/** The shop, where finding one product takes as long as the gate says. */
function slowShop(shelves: Shelves, gate: ReturnType<typeof createGate>) {
  const quick = shop(shelves)
  const find = async (_: unknown, { id }: { id: string }) => {
    const read = shelves.names.get(id)
    await gate.pass()
    return read === undefined ? null : { id, name: read }
  }
  const { Query } = quick.resolvers
  return { ...quick, resolvers: { ...quick.resolvers, Query: { ...Query, product: find } } }
}

async function textAt(gateway: TestGateway, address: string): Promise<string> {
  const response = await fetch(gateway.url + address)
  expect(response.status).toBe(200)
  return response.text()
}

async function nameAt(gateway: TestGateway, address: string): Promise<string | undefined> {
  const { data } = JSON.parse(await textAt(gateway, address)) as {
    data: { product: { name: string } | null }
  }
  return data.product?.name
}

describe.skipIf(redisUrl === undefined)('two gateways on one Redis', () => {
  let shelves: Shelves
  let gate: ReturnType<typeof createGate>
  let bus: Bus
  let proxy: TcpProxy
  let prefix: string
  /** Hears the events. */
  let hearing: TestGateway
  /** Is only told by Redis. */
  let told: TestGateway

  const start = (bus?: Bus) =>
    startTestGateway({
      subgraphs: [slowShop(shelves, gate), stockroom(shelves)],
      registeredDocuments,
      env: { SAFELIST: 'on', REDIS_URL: proxy.url, REDIS_PREFIX: prefix },
      ...(bus && { bus }),
    })

  beforeEach(async () => {
    shelves = stockedShelves()
    gate = createGate()
    bus = createTestBus()
    proxy = await startTcpProxy(redisUrl ?? '')
    prefix = `maison-test-${randomUUID()}.`
    hearing = await start(bus)
    told = await start()
    await expect.poll(isShared).toBe(true)
  })
  afterEach(async () => {
    gate.open()
    await Promise.all([hearing.close(), told.close()])
    await bus.close()
    await proxy.close()
    const redis = new Redis(redisUrl ?? '')
    const keys = await redis.keys(`*${prefix}*`)
    if (keys.length > 0) await redis.unlink(...keys)
    await redis.quit()
  })

  /** Whether what one gateway reads the other finds in Redis: both are connected then. */
  async function isShared(): Promise<boolean> {
    const address = addressOf('name', { id: randomUUID() })
    await nameAt(hearing, address)
    told.calls.length = 0
    await nameAt(told, address)
    return told.calls.length === 0
  }

  const both = () => Promise.all([hearing, told].map((gateway) => nameAt(gateway, name)))

  test('when an event was handled its gateway shows the new, and the other one within a moment', async () => {
    expect(await both()).toEqual(['Tote', 'Tote'])
    shelves.names.set(tote, 'Cabas')
    await tellProduct(bus, productChanged, tote)
    expect(await nameAt(hearing, name)).toBe('Cabas')
    await expect.poll(() => nameAt(told, name)).toBe('Cabas')
  })

  test.each(['hears', 'is told'] as const)(
    'what was being read when a change came nobody is shown later: by the gateway that %s',
    async (which) => {
      const slow = which === 'hears' ? hearing : told
      // Both hold something of the product, by which the test sees when a gateway has been told.
      expect(await both()).toEqual(['Tote', 'Tote'])
      gate.close()
      const early = nameAt(slow, product)
      await expect.poll(gate.held).toBe(1)
      gate.passOthers()
      shelves.names.set(tote, 'Cabas')
      await tellProduct(bus, productChanged, tote)
      await expect.poll(both).toEqual(['Cabas', 'Cabas'])
      // Asked after the change, and the slow reader is not waited for.
      expect(await nameAt(slow, product)).toBe('Cabas')
      gate.open()
      expect(await early).toBe('Tote')
      expect(await nameAt(hearing, product)).toBe('Cabas')
      expect(await nameAt(told, product)).toBe('Cabas')
      const third = await start()
      await expect.poll(() => nameAt(third, product)).toBe('Cabas')
      await third.close()
    },
  )

  test(
    'with Redis away both answer, and nobody is shown what is older than its age',
    { timeout: 15_000 },
    async () => {
      await Promise.all([hearing, told].map((gateway) => nameAt(gateway, product)))
      proxy.refuse()
      shelves.names.set(tote, 'Cabas')
      const changedAt = performance.now()
      await tellProduct(bus, productChanged, tote)
      expect(await nameAt(hearing, product)).toBe('Cabas')
      // Nobody could tell it: it still shows what it has, which proves that the event did not reach it another way.
      expect(await nameAt(told, product)).toBe('Tote')
      await expect.poll(() => nameAt(told, product), { timeout: longestAgeMs }).toBe('Cabas')
      expect(performance.now() - changedAt).toBeLessThan(longestAgeMs)
    },
  )

  test('when Redis is back nothing of before is shown, from it or from any memory', async () => {
    expect(await both()).toEqual(['Tote', 'Tote'])
    // In Redis, and in no memory that hears of the change.
    expect(await textAt(told, story)).toContain('Tote')
    proxy.refuse()
    shelves.names.set(tote, 'Cabas')
    await tellProduct(bus, productChanged, tote)
    // May be held for a minute; the entry in Redis, too.
    expect(await nameAt(told, name)).toBe('Tote')
    proxy.accept()
    await expect.poll(() => nameAt(told, name), { timeout: 5_000 }).toBe('Cabas')
    await expect.poll(isShared, { timeout: 5_000 }).toBe(true)
    expect(await both()).toEqual(['Cabas', 'Cabas'])
    const third = await start()
    expect(await textAt(third, story)).toContain('Cabas')
    await third.close()
  })
})
