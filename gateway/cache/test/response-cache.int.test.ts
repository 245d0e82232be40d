// Gateways with one Redis between them, through a network that fails.
import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { startTcpProxy } from '#platform/testing/tcp-proxy.ts'
import type { Filled } from '../response-cache.ts'
import { createTestRedis, redisUrl } from './test-redis.ts'

type TestRedis = ReturnType<typeof createTestRedis>
type Connected = ReturnType<TestRedis['connect']>

/** An origin with one version of everything. */
function createOrigin() {
  let version = 1
  let fills = 0
  const ask = (gateway: Connected, key = '/graphql/a', answer: Partial<Filled> = {}) =>
    gateway.cache.read({
      key,
      maxAgeMs: 60_000,
      types: ['Product'],
      fill: async () => {
        fills += 1
        return { body: String(version), tags: ['Product:1'], isCacheable: true, ...answer }
      },
    })
  return {
    ask,
    body: async (gateway: Connected, key?: string): Promise<string> => {
      const result = await ask(gateway, key)
      return result.kind === 'entry' ? String(result.entry.identity.payload) : result.filled.body
    },
    change: () => (version += 1),
    get version() {
      return String(version)
    },
    get fills() {
      return fills
    },
  }
}

describe.runIf(redisUrl)('two gateways and a Redis', () => {
  const url = redisUrl ?? ''
  const opened: TestRedis[] = []
  afterAll(() => Promise.all(opened.map((one) => one.close())))

  async function start(gateways: number, options: { through?: string; timeoutMs?: number } = {}) {
    const own = createTestRedis(url)
    opened.push(own)
    const connected = Array.from({ length: gateways }, () => own.connect(options))
    for (const { shared } of connected) await expect.poll(() => shared.read('/', 'up')).not.toBeNull()
    await expect.poll(own.listeners).toBe(gateways)
    return { ...own, connected, origin: createOrigin() }
  }
  const [first, second] = [0, 1]
  function at(connected: readonly Connected[], index: number): Connected {
    const found = connected[index]
    if (!found) throw new Error(`There is no gateway ${index}`)
    return found
  }

  test('five hundred who ask at once for something cold cost at most one fill per gateway', async () => {
    const { connected, origin } = await start(2)
    const bodies = await Promise.all(
      Array.from({ length: 500 }, (_, index) => origin.body(at(connected, index % 2))),
    )
    expect(new Set(bodies)).toEqual(new Set(['1']))
    expect(origin.fills).toBeLessThanOrEqual(2)
  })

  test('a purge on one gateway is one on both', async () => {
    const { connected, origin } = await start(2)
    for (const gateway of connected) expect(await origin.body(gateway)).toBe('1')
    expect(origin.fills).toBe(1)
    origin.change()
    expect(await at(connected, first).cache.purge(['Product:1'])).toBe(true)
    expect(await origin.body(at(connected, first))).toBe('2')
    await vi.waitFor(async () => expect(await origin.body(at(connected, second))).toBe('2'))
    expect(origin.fills).toBe(2)
  })

  test('an answer is as old on a gateway that got it from Redis as on the one that made it', async () => {
    const { connected, origin, redis, name } = await start(2)
    await origin.ask(at(connected, first))
    const left = (): Promise<number> => redis.pttl(`{${name}}:entry:/graphql/a`)
    await expect.poll(left, { interval: 5 }).toBeLessThan(59_900)
    const leftBefore = await left()
    const result = await origin.ask(at(connected, second))
    if (result.kind !== 'entry') throw new Error('It should have come from Redis')
    expect(result.from).toBe('shared')
    expect(result.entry.bornAtMs + 60_000 - performance.now()).toBeLessThanOrEqual(leftBefore)
  })

  test('what is not cacheable never gets into Redis or memory', async () => {
    const { connected, origin, redis, keys } = await start(2)
    const marker = randomUUID()
    const asked = Array.from({ length: 40 }, (_, index) =>
      origin.ask(at(connected, index % 2), `/graphql/${index % 7}`, {
        body: marker,
        isCacheable: index % 7 === 0,
      }),
    )
    await Promise.all(asked)
    for (const key of await keys()) {
      const isPublic = key.endsWith(':entry:/graphql/0')
      if (!isPublic && (await redis.type(key)) === 'string')
        expect(await redis.get(key)).not.toContain(marker)
    }
    expect(connected.map(({ memory }) => memory.size)).toEqual([1, 1])
  })

  test('a gateway whose answer is given up leaves the other one to fill', async () => {
    const { connected, origin } = await start(2)
    const failing = at(connected, first).cache.read({
      key: '/graphql/a',
      maxAgeMs: 60_000,
      types: ['Product'],
      fill: async () => {
        throw new Error('out of reach')
      },
    })
    await expect(failing).rejects.toThrow('out of reach')
    expect(await origin.body(at(connected, second))).toBe('1')
  })

  test('everything gone from Redis means misses, and nothing old', async () => {
    const { connected, origin, loseEverything } = await start(2)
    for (const gateway of connected) await origin.ask(gateway)
    origin.change()
    await at(connected, first).cache.purge(['Product:1'])
    await loseEverything()
    await vi.waitFor(async () => expect(await origin.body(at(connected, second))).toBe('2'))
    expect(await origin.body(at(connected, first))).toBe('2')
  })

  test('a fill under way while everything is lost and purged is not kept', async () => {
    const { connected, origin, loseEverything } = await start(2)
    const gateway = at(connected, second)
    let end: (filled: Filled) => void = () => undefined
    let isAsked = false
    const slow = gateway.cache.read({
      key: '/graphql/a',
      maxAgeMs: 60_000,
      types: ['Product'],
      fill: () =>
        new Promise<Filled>((resolve) => {
          isAsked = true
          end = resolve
        }),
    })
    await expect.poll(() => isAsked).toBe(true)
    await loseEverything()
    end({ body: 'old', tags: ['Product:1'], isCacheable: true })
    expect(await slow).toMatchObject({ kind: 'filled' })
    expect(await origin.body(at(connected, first))).toBe('1')
  })

  test('without a Redis each gateway has its memory, and nobody gets an error', async () => {
    const proxy = await startTcpProxy(url)
    proxy.refuse()
    const own = createTestRedis(url)
    opened.push(own)
    const gateway = own.connect({ through: proxy.url })
    const origin = createOrigin()
    expect(await Promise.all(Array.from({ length: 50 }, () => origin.body(gateway)))).toEqual(
      Array(50).fill('1'),
    )
    expect(origin.fills).toBe(1)
    origin.change()
    expect(await gateway.cache.purge(['Product:1'])).toBe(false)
    expect(await origin.body(gateway)).toBe('2')
    proxy.accept()
    await expect.poll(() => gateway.shared.read('/', 'up'), { timeout: 5_000 }).not.toBeNull()
    await proxy.close()
  })

  test('a Redis that is lost and comes back gives out nothing that was purged meanwhile', async () => {
    const proxy = await startTcpProxy(url)
    const { connected, origin, connect } = await start(1, { through: proxy.url })
    const gateway = at(connected, first)
    const other = connect()
    await expect.poll(() => other.shared.read('/', 'up')).not.toBeNull()
    expect(await origin.body(gateway)).toBe('1')
    expect(await origin.body(other)).toBe('1')
    proxy.refuse()
    await expect.poll(() => gateway.shared.read('/', 'x')).toBeNull()
    origin.change()
    expect(await gateway.cache.purge(['Product:1'])).toBe(false)
    expect(await origin.body(gateway)).toBe('2')
    proxy.accept()
    await expect.poll(() => gateway.shared.read('/', 'up'), { timeout: 5_000 }).not.toBeNull()
    await vi.waitFor(async () => expect(await origin.body(other)).toBe('2'))
    expect(await origin.body(gateway)).toBe('2')
    await proxy.close()
  })

  test('a gateway that heard of no purge for a while forgets what it keeps when it hears again', async () => {
    const proxy = await startTcpProxy(url)
    const { connected, origin, connect } = await start(1, { through: proxy.url })
    const other = connect()
    await expect.poll(() => other.shared.read('/', 'up')).not.toBeNull()
    const gateway = at(connected, first)
    await origin.ask(gateway)
    proxy.refuse()
    await expect.poll(() => gateway.shared.read('/', 'x')).toBeNull()
    origin.change()
    await expect.poll(() => other.cache.purge(['Product:1'])).toBe(true)
    proxy.accept()
    await vi.waitFor(async () => expect(await origin.body(gateway)).toBe('2'), { timeout: 5_000 })
    await proxy.close()
  })

  test(
    'a connection that went silent is found out, and what it did not tell is forgotten',
    { timeout: 30_000 },
    async () => {
      const proxy = await startTcpProxy(url)
      const { connected, origin, connect } = await start(1, { through: proxy.url })
      const gateway = at(connected, first)
      const other = connect()
      await expect.poll(() => other.shared.read('/', 'up')).not.toBeNull()
      await origin.ask(gateway)
      const before = proxy.connections
      proxy.freeze()
      origin.change()
      expect(await other.cache.purge(['Product:1'])).toBe(true)
      // Nobody asks for anything meanwhile: only the channel itself can find out.
      await expect.poll(() => proxy.connections, { timeout: 10_000 }).toBeGreaterThan(before)
      proxy.thaw()
      proxy.cut()
      await vi.waitFor(async () => expect(await origin.body(gateway)).toBe('2'), { timeout: 10_000 })
      await proxy.close()
    },
  )

  test('a Redis that hangs holds up nobody for long, and is found again', { timeout: 30_000 }, async () => {
    const proxy = await startTcpProxy(url)
    const { connected, origin } = await start(1, { through: proxy.url, timeoutMs: 100 })
    const gateway = at(connected, first)
    proxy.freeze()
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: 50 }, (_, index) => origin.body(gateway, `/graphql/${index}`)))
    expect(origin.fills).toBe(50)
    // Two commands time out at the most, one after the other; the rest is for a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    for (let index = 0; index < 20; index += 1) await origin.body(gateway, `/graphql/later/${index}`)
    const resting = performance.now()
    await origin.body(gateway, '/graphql/at-rest')
    expect(performance.now() - resting).toBeLessThan(500)
    origin.change()
    expect(await gateway.cache.purge(['Product:1'])).toBe(false)
    expect(await origin.body(gateway, '/graphql/0')).toBe('2')
    proxy.thaw()
    await expect.poll(() => gateway.shared.read('/', 'up'), { timeout: 15_000 }).not.toBeNull()
    expect(await origin.body(gateway, '/graphql/0')).toBe('2')
    await proxy.close()
  })
})
