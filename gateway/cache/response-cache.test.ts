import { afterEach, expect, test } from 'vitest'
import { createMemoryTier, type MemoryTier } from './memory-tier.ts'
import { createResponseCache, type Filled, type ReadOptions } from './response-cache.ts'

const tiers: MemoryTier[] = []
afterEach(() => {
  for (const tier of tiers.splice(0)) tier.close()
})

/** A fill that ends when the test says so. */
interface OpenFill {
  end: (filled: Filled) => void
  fail: (error: Error) => void
}

function start(options: { maxFills?: number } = {}) {
  let nowMs = 0
  const memory = createMemoryTier({ maxBytes: 10_000_000, nowMs: () => nowMs })
  tiers.push(memory)
  const cache = createResponseCache<Filled>({ memory, shared: null, nowMs: () => nowMs, ...options })
  const fills: OpenFill[] = []
  const ask = (more: Partial<ReadOptions<Filled>> = {}) =>
    cache.read({
      key: '/graphql/a',
      maxAgeMs: 60_000,
      types: ['Product'],
      fill: () =>
        new Promise((resolve, reject) => {
          fills.push({ end: resolve, fail: reject })
        }),
      ...more,
    })
  return { cache, memory, fills, ask, wait: (ms: number) => (nowMs += ms) }
}

const product = (body: string): Filled => ({ body, tags: ['Product:1'], isCacheable: true })
const fill = (fills: readonly OpenFill[], index: number): OpenFill => {
  const found = fills[index]
  if (!found) throw new Error(`There is no fill ${index}`)
  return found
}

async function bodyOf(reading: ReturnType<ReturnType<typeof start>['ask']>): Promise<unknown> {
  const result = await reading
  return result.kind === 'entry' ? result.entry.identity.payload : result.filled.body
}

test('who asks for the same at the same time waits for one fill, and who asks later gets it from memory', async () => {
  const { ask, fills } = start()
  const readings = Array.from({ length: 100 }, () => ask())
  fill(fills, 0).end(product('1'))
  expect(new Set(await Promise.all(readings.map(bodyOf)))).toEqual(new Set(['1']))
  expect(await ask()).toMatchObject({ kind: 'entry', from: 'memory' })
  expect(fills).toHaveLength(1)
})

test('who asks after a purge of a type in the answer does not wait for a fill from before it', async () => {
  const { ask, fills, cache, wait } = start()
  const early = ask()
  await cache.purge(['Product:7'])
  wait(1)
  const late = ask()
  expect(fills).toHaveLength(2)
  fill(fills, 1).end(product('new'))
  fill(fills, 0).end(product('old'))
  expect(await Promise.all([bodyOf(early), bodyOf(late)])).toEqual(['old', 'new'])
  expect(await bodyOf(ask())).toBe('new')
})

test('a purge of another type disturbs nobody', async () => {
  const { ask, fills, cache } = start()
  const early = ask()
  await cache.purge(['Market:FR'])
  const late = ask()
  fill(fills, 0).end(product('1'))
  expect(await Promise.all([bodyOf(early), bodyOf(late)])).toEqual(['1', '1'])
  expect(fills).toHaveLength(1)
})

test('what was purged while it was made is given to who asked before, and kept for nobody', async () => {
  const { ask, fills, cache, memory } = start()
  const early = ask()
  await cache.purge(['Product:1'])
  fill(fills, 0).end(product('old'))
  expect(await early).toMatchObject({ kind: 'filled', filled: { body: 'old' } })
  expect(memory.size).toBe(0)
})

test('a stale answer is served at once while one fill refreshes it', async () => {
  const { ask, fills, wait } = start()
  const first = ask()
  fill(fills, 0).end(product('1'))
  await first
  wait(31_000)
  const stale = await Promise.all(Array.from({ length: 50 }, () => ask()))
  expect(new Set(stale.map(({ kind }) => kind))).toEqual(new Set(['entry']))
  expect(stale[0]).toMatchObject({ from: 'stale' })
  expect(fills).toHaveLength(2)
  fill(fills, 1).end(product('2'))
  await expect.poll(() => bodyOf(ask())).toBe('2')
  expect(await ask()).toMatchObject({ from: 'memory' })
})

test('a refresh that fails leaves the stale answer, until its age is over', async () => {
  const { ask, fills, wait } = start()
  const first = ask()
  fill(fills, 0).end(product('1'))
  await first
  wait(31_000)
  expect(await bodyOf(ask())).toBe('1')
  fill(fills, 1).fail(new Error('out of reach'))
  await Promise.resolve()
  expect(await bodyOf(ask())).toBe('1')
  wait(28_000)
  const tooLate = ask()
  await Promise.resolve()
  fill(fills, fills.length - 1).fail(new Error('still out of reach'))
  await expect(tooLate).rejects.toThrow('out of reach')
})

test('what is not cacheable is shared with who waited, and not kept', async () => {
  const { ask, fills, memory } = start()
  const readings = [ask(), ask()]
  fill(fills, 0).end({ body: 'a secret', tags: null, isCacheable: false })
  expect(await Promise.all(readings.map(bodyOf))).toEqual(['a secret', 'a secret'])
  expect(memory.size).toBe(0)
  void ask()
  expect(fills).toHaveLength(2)
})

test('an answer with a tag of a type that was not named is not kept', async () => {
  const { ask, fills, memory, cache } = start()
  const reading = ask({ types: ['Market'] })
  fill(fills, 0).end(product('1'))
  expect(await reading).toMatchObject({ kind: 'filled' })
  expect([memory.size, cache.counts.uncacheable]).toEqual([0, 1])
})

test('an answer that took longer than its age is given to who waited, and kept for nobody', async () => {
  const { ask, fills, memory, wait } = start()
  const reading = ask()
  wait(59_500)
  fill(fills, 0).end(product('1'))
  expect(await reading).toMatchObject({ kind: 'filled' })
  expect(memory.size).toBe(0)
})

test('its age counts from before the origin was asked', async () => {
  const { ask, fills, wait } = start()
  const reading = ask()
  wait(40_000)
  fill(fills, 0).end(product('1'))
  await reading
  expect(await ask()).toMatchObject({ from: 'stale' })
})

test('a failed fill fails for everybody who waited, and the next one asks again', async () => {
  const { ask, fills } = start()
  const readings = [ask(), ask()]
  fill(fills, 0).fail(new Error('out of reach'))
  expect((await Promise.allSettled(readings)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const next = ask()
  fill(fills, 1).end(product('1'))
  expect(await bodyOf(next)).toBe('1')
})

test('no more fills than the cap are under way, and all come to their turn', async () => {
  const { ask, fills } = start({ maxFills: 4 })
  const readings = Array.from({ length: 20 }, (_, index) => ask({ key: `/graphql/${index}` }))
  for (let done = 0; done < 20; done += 1) {
    await expect.poll(() => fills.length).toBe(Math.min(done + 4, 20))
    fill(fills, done).end(product(String(done)))
  }
  expect(await Promise.all(readings.map(bodyOf))).toEqual(
    Array.from({ length: 20 }, (_, index) => `${index}`),
  )
})
