import { createServer, connect, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { uuidv7 } from '../ids/uuid.ts'
import { silentLogger } from '../log/logger.ts'
import { cacheContract } from './cache.contract.ts'
import { createMemoryCache } from './memory-cache.ts'
import { connectRedisCache } from './redis-cache.ts'

const redisUrl = process.env.TEST_REDIS_URL

cacheContract('the memory cache', () => Promise.resolve(createMemoryCache()))

describe('without a Redis', () => {
  test('the cache still comes up, and every operation rejects quickly', async () => {
    const cache = await connectRedisCache({ url: 'redis://127.0.0.1:1', log: silentLogger })
    const started = performance.now()
    await expect(cache.get('a')).rejects.toThrow()
    await expect(cache.set('a', 'b', { ttlMs: 10 })).rejects.toThrow()
    expect(performance.now() - started).toBeLessThan(200)
    expect(cache.healthy()).toBe(false)
    await cache.close()
  })
})

describe.runIf(redisUrl)('with a Redis', () => {
  const url = redisUrl ?? ''
  const prefix = `maison-test-${uuidv7()}:`
  cacheContract('the Redis cache', () => connectRedisCache({ url, prefix, log: silentLogger }))

  test('two prefixes do not see one another', async () => {
    const here = await connectRedisCache({ url, prefix: `${prefix}a:`, log: silentLogger })
    const there = await connectRedisCache({ url, prefix: `${prefix}b:`, log: silentLogger })
    await here.set('same', 'x', { ttlMs: 5_000 })
    expect(await there.get('same')).toBeNull()
    expect((await here.get('same'))?.toString()).toBe('x')
    await Promise.all([here.close(), there.close()])
  })

  test('a lost connection comes back by itself, and a silent one is given up in time', async () => {
    const { hostname, port } = new URL(url)
    const sockets = new Set<Socket>()
    let isSilent = false
    const proxy = createServer((client) => {
      const server = connect(Number(port || 6379), hostname)
      for (const socket of [client, server]) {
        sockets.add(socket)
        socket.on('error', () => socket.destroy())
      }
      client.on('data', (data) => {
        if (!isSilent) server.write(data)
      })
      server.pipe(client)
      client.on('close', () => server.destroy())
    })
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
    const proxied = `redis://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`
    const cache = await connectRedisCache({ url: proxied, prefix, log: silentLogger, timeoutMs: 100 })
    await cache.set('kept', 'x', { ttlMs: 5_000 })

    for (const socket of sockets) socket.destroy()
    await vi.waitFor(async () => expect((await cache.get('kept'))?.toString()).toBe('x'), { timeout: 5_000 })

    isSilent = true
    const started = performance.now()
    await expect(cache.get('kept')).rejects.toThrow()
    expect(performance.now() - started).toBeLessThan(1_000)

    for (const socket of sockets) socket.destroy()
    await cache.close()
    proxy.close()
  })
})
