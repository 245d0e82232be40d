import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { silentLogger } from '../log/logger.ts'
import { envelope, quickRetry } from '../testing/sample-envelope.ts'
import { busContract } from './bus.contract.ts'
import { ContractViolation } from './contract-violation.ts'
import { createInProcessBus } from './in-process-bus.ts'

const folders: string[] = []
async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'maison-dead-letters-'))
  folders.push(folder)
  return folder
}
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true })
})

busContract('in-process bus', async () => createInProcessBus({ log: silentLogger, retry: quickRetry }))
busContract('in-process bus with a folder', async () =>
  createInProcessBus({ log: silentLogger, retry: quickRetry, deadLetterFolder: await freshFolder() }),
)

test('published means handled by every queue', async () => {
  const bus = createInProcessBus({ log: silentLogger })
  let handled = 0
  for (const queue of ['a', 'b']) {
    await bus.subscribe({
      queue,
      types: 'every',
      handle: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        handled++
      },
    })
  }
  await bus.publish(envelope())
  expect(handled).toBe(2)
})

test('an event that was not handled before close is not published', async () => {
  const bus = createInProcessBus({ log: silentLogger, retry: { firstMs: 60_000, maxMs: 60_000 } })
  await bus.subscribe({
    queue: 'a',
    types: 'every',
    handle: async () => {
      throw new Error('not now')
    },
  })
  const published = bus.publish(envelope())
  const refused = expect(published).rejects.toThrow('closed before')
  await bus.close()
  await refused
})

test('dead letters in a folder outlive the process', async () => {
  const deadLetterFolder = await freshFolder()
  const event = envelope()
  const first = createInProcessBus({ log: silentLogger, deadLetterFolder })
  await first.subscribe({
    queue: 'a',
    types: 'every',
    handle: async () => {
      throw new ContractViolation('bad')
    },
  })
  await first.publish(event)
  await first.close()

  const second = createInProcessBus({ log: silentLogger, deadLetterFolder })
  const handled: string[] = []
  await second.subscribe({
    queue: 'a',
    types: 'every',
    handle: async ({ eventId }) => void handled.push(eventId),
  })
  const [letter] = await second.deadLetters.list({ limit: 1 })
  expect(await second.deadLetters.replay(letter?.id ?? '')).toBe(true)
  await second.idle()
  expect(handled).toEqual([event.eventId])
  expect(await second.deadLetters.list({ limit: 1 })).toEqual([])
})

test('a consumer does not see what another did to the event', async () => {
  const bus = createInProcessBus({ log: silentLogger })
  const seen: unknown[] = []
  for (const queue of ['a', 'b']) {
    await bus.subscribe({
      queue,
      types: 'every',
      handle: async ({ payload }) => {
        seen.push(structuredClone(payload))
        ;(payload as { n: number }).n++
      },
    })
  }
  await bus.publish(envelope({ payload: { n: 1 } }))
  expect(seen).toEqual([{ n: 1 }, { n: 1 }])
})
