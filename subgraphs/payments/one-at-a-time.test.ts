import { expect, test } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

test('runs never overlap, and a call during a run gets one that began after it', async () => {
  let running = 0
  let began = 0
  const run = oneAtATime(async () => {
    running += 1
    began += 1
    expect(running).toBe(1)
    await new Promise((resolve) => setImmediate(resolve))
    running -= 1
  })
  const first = run()
  const [second, third] = [run(), run()]
  await first
  expect(began).toBe(1)
  await Promise.all([second, third, run()])
  expect(began).toBe(2)
  await run()
  expect(began).toBe(3)
})

test('a run that fails is told to who asked for it, and the next one runs', async () => {
  let times = 0
  const run = oneAtATime(() => {
    times += 1
    return times === 1 ? Promise.reject(new Error('no')) : Promise.resolve()
  })
  const [first, second] = [run(), run()]
  await expect(first).rejects.toThrow('no')
  await second
  expect(times).toBe(2)
})
