import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { envelope, quickRetry } from '../testing/sample-envelope.ts'
import type { Bus } from './bus.ts'
import { ContractViolation } from './contract-violation.ts'
import { NotYet } from './not-yet.ts'

/** What every bus promises of events that cannot be handled, or not yet. */
export function deadLetterContract(start: () => Promise<Bus>): void {
  test('after the last try the event is a dead letter that can be listed and replayed', async () => {
    const bus = await start()
    let broken = true
    let handled = 0
    await bus.subscribe({
      queue: 'a',
      types: 'every',
      handle: async () => {
        if (broken) throw new Error('no such table')
        handled++
      },
    })
    const event = envelope({ payload: { n: 1 } })
    await bus.publish(event)
    await expect.poll(async () => (await bus.deadLetters.list({ limit: 10 })).length).toBe(1)
    const [letter] = await bus.deadLetters.list({ limit: 10 })
    expect(letter).toMatchObject({ queue: 'a', envelope: event, attempts: quickRetry.tries })
    expect(letter?.error).toContain('no such table')
    // Listing does not use it up.
    expect(await bus.deadLetters.list({ limit: 10, queue: 'a' })).toEqual([letter])
    expect(await bus.deadLetters.list({ limit: 10, queue: 'b' })).toEqual([])
    broken = false
    expect(await bus.deadLetters.replay(letter?.id ?? '')).toBe(true)
    await expect.poll(() => handled).toBe(1)
    await bus.idle()
    expect(await bus.deadLetters.list({ limit: 10 })).toEqual([])
    expect(await bus.deadLetters.replay(letter?.id ?? '')).toBe(false)
  })

  test('a contract violation is a dead letter at once', async () => {
    const bus = await start()
    let runs = 0
    await bus.subscribe({
      queue: 'a',
      types: 'every',
      handle: async () => {
        runs++
        throw new ContractViolation('no amount')
      },
    })
    await bus.publish(envelope())
    await expect.poll(async () => (await bus.deadLetters.list({ limit: 10 })).length).toBe(1)
    expect(runs).toBe(1)
    expect((await bus.deadLetters.list({ limit: 1 }))[0]).toMatchObject({ attempts: 1 })
  })

  test('a list of dead letters is bounded and oldest first', async () => {
    const bus = await start()
    await bus.subscribe({
      queue: 'a',
      types: 'every',
      handle: async () => {
        throw new ContractViolation('always')
      },
    })
    const events = Array.from({ length: 5 }, () => envelope())
    for (const [index, event] of events.entries()) {
      await bus.publish(event)
      await expect.poll(async () => (await bus.deadLetters.list({ limit: 10 })).length).toBe(index + 1)
    }
    const letters = await bus.deadLetters.list({ limit: 3 })
    expect(letters.map((letter) => letter.envelope.eventId)).toEqual(
      events.slice(0, 3).map(({ eventId }) => eventId),
    )
    const twice = await Promise.all([
      bus.deadLetters.list({ limit: 10 }),
      bus.deadLetters.list({ limit: 10 }),
    ])
    expect(twice.map((list) => list.length)).toEqual([5, 5])
  })

  test('an event put aside lets the one it waits for pass', async () => {
    const bus = await start()
    const aggregateId = randomUUID()
    const handled: number[] = []
    let early = 0
    await bus.subscribe({
      queue: 'a',
      types: 'every',
      concurrency: 1,
      handle: async ({ sequence }) => {
        if (sequence === 2 && !handled.includes(1)) {
          early++
          throw new NotYet('the first is missing')
        }
        handled.push(sequence)
      },
    })
    const second = bus.publish(envelope({ aggregateId, sequence: 2 }))
    // More often than a failure would be tried: being put aside does not count.
    await expect.poll(() => early, { timeout: 5_000 }).toBeGreaterThan(quickRetry.tries)
    await bus.publish(envelope({ aggregateId, sequence: 1 }))
    await second
    await expect.poll(() => handled).toEqual([1, 2])
    expect(await bus.deadLetters.list({ limit: 10 })).toEqual([])
  })

  test('an event put aside too often is a dead letter', async () => {
    const bus = await start()
    await bus.subscribe({
      queue: 'a',
      types: 'every',
      handle: async () => {
        throw new NotYet('never comes')
      },
    })
    await bus.publish(envelope())
    await expect
      .poll(async () => (await bus.deadLetters.list({ limit: 10 })).length, { timeout: 8_000 })
      .toBe(1)
  })
}
