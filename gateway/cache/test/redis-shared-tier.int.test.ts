import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { MOST_FENCES } from '../redis-scripts.ts'
import type { Birth, SharedTier } from '../shared-tier.ts'
import { withTypeTags } from '../tags.ts'
import { createInProcessStore } from './in-process-shared-tier.ts'
import { createTestRedis, redisUrl } from './test-redis.ts'

const minute = 60_000

type Command =
  | { do: 'read'; key: number; token: number }
  | { do: 'store'; key: number; token: number; birth: number; tags: number[] }
  | { do: 'release'; key: number; token: number }
  | { do: 'purge'; tags: number[] }
  | { do: 'lose' }

const few = fc.nat(2)
const tags = fc.uniqueArray(few, { maxLength: 3 })
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('read' as const), key: few, token: few }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('store' as const), key: few, token: few, birth: fc.nat(5), tags }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), key: few, token: few }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('purge' as const), tags: fc.uniqueArray(few, { minLength: 1 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const) }) },
)

describe.runIf(redisUrl)('the shared tier in Redis', () => {
  let own: ReturnType<typeof createTestRedis>
  let shared: SharedTier
  beforeAll(async () => {
    own = createTestRedis(redisUrl ?? '')
    shared = own.connect().shared
    await vi.waitFor(async () => expect(await shared.read('/', 'first')).not.toBeNull())
  })
  afterAll(() => own.close())

  const entryKey = (key: string): string => `{${own.name}}:entry:${key}`

  /** What a tier answers to the commands, with epochs by the order in which they were seen. */
  async function run(
    tier: SharedTier,
    lose: () => unknown,
    commands: readonly Command[],
  ): Promise<unknown[]> {
    const births: Birth[] = []
    const epochs: string[] = []
    const answers: unknown[] = []
    for (const [index, one] of commands.entries()) {
      if (one.do === 'lose') await lose()
      else if (one.do === 'purge')
        answers.push(await tier.purge(withTypeTags(one.tags.map((tag) => `T:${tag}`))))
      else if (one.do === 'release') await tier.release(`/${one.key}`, `t${one.token}`)
      else if (one.do === 'read') {
        const types = one.key === 0 ? [] : ['T']
        const found = await tier.read(`/${one.key}`, one.token === 0 ? '' : `t${one.token}`, types)
        if (!found) throw new Error('Redis is out of reach')
        births.push(found.birth)
        if (!epochs.includes(found.birth.epoch)) epochs.push(found.birth.epoch)
        const { entry } = found
        const kept = entry && [entry.key, entry.tags, entry.maxAgeMs, entry.etag, entry.body.toString()]
        answers.push([epochs.indexOf(found.birth.epoch), found.birth.seq, found.hasLease, kept])
      } else {
        const birth = births.at(-1 - one.birth)
        if (!birth) continue
        const entry = {
          key: `/${one.key}`,
          tags: one.tags.map((tag) => `T:${tag}`),
          maxAgeMs: minute,
          etag: `e${index}`,
          body: Buffer.from(`{"é\n":${index}}`),
        }
        answers.push(await tier.store(entry, birth, `t${one.token}`))
      }
    }
    return answers
  }

  test(
    'does what the model check takes it to do, for any sequence of commands',
    { timeout: 120_000 },
    async () => {
      let stores = 0
      let hits = 0
      await fc.assert(
        fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 40 }), async (commands) => {
          await own.loseEverything()
          const inProcess = createInProcessStore({ nowMs: Date.now, leaseMs: minute, send: () => undefined })
          const expected = await run(
            inProcess.connect('A'),
            () => {
              inProcess.flushAll()
            },
            commands,
          )
          const got = await run(shared, own.loseEverything, commands)
          expect(got).toEqual(expected)
          stores += got.filter((answer) => answer === 'stored').length
          hits += got.filter((answer) => Array.isArray(answer) && answer[3] !== null).length
        }),
        { numRuns: 150 },
      )
      // A comparison of refusals and misses alone would prove little.
      expect(stores).toBeGreaterThan(100)
      expect(hits).toBeGreaterThan(50)
    },
  )

  async function keep(key: string, more: { maxAgeMs?: number; tags?: string[] } = {}): Promise<void> {
    const found = await shared.read(key, 'writer')
    if (!found) throw new Error('Redis is out of reach')
    const { maxAgeMs = minute, tags: given = ['T:1'] } = more
    const entry = { key, tags: given, maxAgeMs, etag: 'e', body: Buffer.from(key) }
    expect(await shared.store(entry, found.birth, 'writer')).toBe('stored')
  }

  test('an entry gets stale, and then is gone, by the time of Redis', async () => {
    await keep('/short', { maxAgeMs: 600 })
    const fresh = await shared.read('/short', 'reader')
    expect(fresh).toMatchObject({ hasLease: false, entry: { maxAgeMs: 600 } })
    await expect
      .poll(async () => (await shared.read('/short', 'refresher'))?.hasLease, { interval: 5 })
      .toBe(true)
    const stale = await shared.read('/short', 'reader')
    expect(stale?.hasLease).toBe(false)
    expect(stale?.entry?.ageMs).toBeGreaterThanOrEqual(300)
    await expect.poll(async () => (await shared.read('/short', 'reader'))?.entry, { interval: 5 }).toBeNull()
  })

  test('an entry that lies under the key of another is not given out', async () => {
    await keep('/mine')
    await own.redis.copy(entryKey('/mine'), entryKey('/yours'))
    expect(await shared.read('/yours', 'reader')).toMatchObject({ entry: null, hasLease: true })
  })

  test.each(['', 'nonsense', 'a b c', '\n\n\n', 'epoch 1 x e\n/bad\n\n'])(
    'what is no entry (%j) is a miss',
    async (value) => {
      await own.redis.set(entryKey('/bad'), value)
      expect(await shared.read('/bad', `reader ${value.length}`)).toMatchObject({ entry: null })
    },
  )

  test('an entry with thousands of tags is held against each of them', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `T:many-${index}`)
    for (const purged of [0, 499, 500, 2_999]) {
      await keep('/many', { tags: many })
      await shared.purge(['T:other'])
      expect((await shared.read('/many', 'reader'))?.entry?.tags).toHaveLength(3_000)
      await shared.purge([`T:many-${purged}`])
      expect((await shared.read('/many', 'reader'))?.entry).toBeNull()
      await shared.release('/many', 'reader')
    }
  })

  test('more fences than it keeps are as good as a purge of everything', async () => {
    await keep('/kept')
    await shared.purge(Array.from({ length: MOST_FENCES + 10 }, (_, index) => `T:bulk-${index}`))
    expect((await shared.read('/kept', 'reader'))?.entry).toBeNull()
    expect(await own.redis.hlen(`{${own.name}}:clock`)).toBeLessThanOrEqual(MOST_FENCES)
  })
})
