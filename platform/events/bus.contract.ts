import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { envelope, quickRetry } from '../testing/sample-envelope.ts'
import type { Bus } from './bus.ts'
import { deadLetterContract } from './dead-letters.contract.ts'
import type { Envelope } from './envelope.ts'

/** What every bus promises. `makeBus` opens one with an empty world of its own and {@link quickRetry}. */
export function busContract(name: string, makeBus: () => Promise<Bus>): void {
  describe(name, () => {
    const open: Bus[] = []
    afterEach(async () => {
      for (const bus of open.splice(0)) await bus.close()
    })
    const start = async (): Promise<Bus> => {
      const bus = await makeBus()
      open.push(bus)
      return bus
    }

    test('an event reaches every queue that hears its type, and no other', async () => {
      const bus = await start()
      const heard: string[] = []
      const hear = (queue: string, types: string[] | 'every') =>
        bus.subscribe({ queue, types, handle: async (event) => void heard.push(`${queue} ${event.type}`) })
      await hear('a', ['thing.happened'])
      await hear('b', ['thing.happened', 'thing.ended'])
      await hear('c', 'every')
      await bus.publish(envelope())
      await bus.publish(envelope({ type: 'thing.ended' }))
      await bus.publish(envelope({ type: 'other' }))
      await expect
        .poll(() => [...heard].sort())
        .toEqual([
          'a thing.happened',
          'b thing.ended',
          'b thing.happened',
          'c other',
          'c thing.ended',
          'c thing.happened',
        ])
    })

    test('an event arrives as it was published', async () => {
      const bus = await start()
      const sent = envelope({
        market: 'FR',
        actor: { type: 'staff', id: 's' },
        payload: { text: 'Zoë 革 \u{1F45C}' },
      })
      const got = Promise.withResolvers<Envelope>()
      await bus.subscribe({ queue: 'a', types: 'every', handle: async (event) => got.resolve(event) })
      await bus.publish(sent)
      expect(await got.promise).toEqual(sent)
    })

    test('a handler that fails is tried again', async () => {
      const bus = await start()
      let runs = 0
      await bus.subscribe({
        queue: 'a',
        types: 'every',
        handle: async () => {
          if (++runs < 3) throw new Error('not now')
        },
      })
      await bus.publish(envelope())
      await expect.poll(() => runs).toBe(3)
      await bus.idle()
      expect(runs).toBe(3)
      expect(await bus.deadLetters.list({ limit: 10 })).toEqual([])
    })

    test('the pauses between tries grow', async () => {
      const bus = await start()
      const at: number[] = []
      await bus.subscribe({
        queue: 'a',
        types: 'every',
        handle: async () => {
          at.push(performance.now())
          throw new Error('never')
        },
      })
      await bus.publish(envelope())
      await expect.poll(() => at.length).toBe(quickRetry.tries)
      const pauses = at.slice(1).map((time, index) => time - (at[index] ?? 0))
      // Timers may fire up to a millisecond early.
      for (const [index, pause] of pauses.entries()) expect(pause).toBeGreaterThan(10 * 2 ** index - 2)
    })

    test('events of one aggregate are handled in order and never overlap, aggregates side by side', async () => {
      const bus = await start()
      const seen = new Map<string, number[]>()
      const running = new Set<string>()
      let together = 0
      let overlaps = 0
      await bus.subscribe({
        queue: 'a',
        types: 'every',
        handle: async ({ aggregateId, sequence }) => {
          if (running.has(aggregateId)) overlaps++
          running.add(aggregateId)
          together = Math.max(together, running.size)
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 3))
          if (sequence === 3 && !seen.get(aggregateId)?.includes(-3)) {
            seen.set(aggregateId, [...(seen.get(aggregateId) ?? []), -3])
            running.delete(aggregateId)
            throw new Error('once')
          }
          seen.set(aggregateId, [...(seen.get(aggregateId) ?? []), sequence])
          running.delete(aggregateId)
        },
      })
      const aggregates = Array.from({ length: 8 }, () => randomUUID())
      const published: Promise<void>[] = []
      for (let sequence = 1; sequence <= 20; sequence++) {
        for (const aggregateId of aggregates) published.push(bus.publish(envelope({ aggregateId, sequence })))
      }
      await Promise.all(published)
      const expected = [1, 2, -3, ...Array.from({ length: 18 }, (_, index) => index + 3)]
      await expect
        .poll(() => aggregates.map((id) => seen.get(id)), { timeout: 8_000 })
        .toEqual(aggregates.map(() => expected))
      expect(overlaps).toBe(0)
      expect(together).toBeGreaterThan(1)
    })

    test('no more handlers run at once than the subscription allows', async () => {
      const bus = await start()
      let running = 0
      let most = 0
      let done = 0
      await bus.subscribe({
        queue: 'a',
        types: 'every',
        concurrency: 3,
        handle: async () => {
          most = Math.max(most, ++running)
          await new Promise((resolve) => setTimeout(resolve, 2))
          running--
          done++
        },
      })
      await Promise.all(Array.from({ length: 60 }, () => bus.publish(envelope())))
      await expect.poll(() => done).toBe(60)
      expect(most).toBe(3)
    })

    test('an aggregate that waits for its next try does not hold up the others', async () => {
      const bus = await start()
      const handled: string[] = []
      const bad = envelope({ aggregateId: 'bad' })
      await bus.subscribe({
        queue: 'a',
        types: 'every',
        concurrency: 1,
        handle: async ({ aggregateId }) => {
          handled.push(aggregateId)
          if (aggregateId === 'bad') throw new Error('never')
        },
      })
      await Promise.all([bus.publish(bad), bus.publish(envelope({ aggregateId: 'good' }))])
      await expect.poll(() => handled.length).toBe(quickRetry.tries + 1)
      expect(handled.indexOf('good')).toBe(1)
    })

    deadLetterContract(start)

    test('a delayed event comes after its delay, and before a longer one published earlier', async () => {
      const bus = await start()
      const handled: { name: unknown; afterMs: number }[] = []
      const startedAt = performance.now()
      await bus.subscribe({
        queue: 'a',
        types: 'every',
        handle: async ({ payload }) =>
          void handled.push({ name: payload, afterMs: performance.now() - startedAt }),
      })
      await bus.publish(envelope({ payload: 'long' }), { delayMs: 600 })
      await bus.publish(envelope({ payload: 'short' }), { delayMs: 200 })
      await bus.publish(envelope({ payload: 'now' }))
      await expect.poll(() => handled.length, { timeout: 5_000 }).toBe(3)
      expect(handled.map(({ name }) => name)).toEqual(['now', 'short', 'long'])
      expect(handled[1]?.afterMs).toBeGreaterThanOrEqual(198)
      expect(handled[2]?.afterMs).toBeGreaterThanOrEqual(598)
    })

    test('an event nobody hears does not fail its publisher', async () => {
      const bus = await start()
      await expect(bus.publish(envelope({ type: 'nobody.hears' }))).resolves.toBeUndefined()
    })

    test('close lets the running handler finish, and publishing then fails', async () => {
      const bus = await start()
      const began = Promise.withResolvers<undefined>()
      const go = Promise.withResolvers<undefined>()
      let finished = false
      await bus.subscribe({
        queue: 'a',
        types: 'every',
        handle: async () => {
          began.resolve(undefined)
          await go.promise
          finished = true
        },
      })
      const published = bus.publish(envelope())
      await began.promise
      const closed = bus.close()
      go.resolve(undefined)
      await closed
      await published
      expect(finished).toBe(true)
      expect(bus.healthy()).toBe(false)
      await expect(bus.publish(envelope())).rejects.toThrow('closed')
    })
  })
}
