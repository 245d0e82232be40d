import { expect, test, vi } from 'vitest'
import { soon } from './soon.ts'

test('calls within the time are one run at its end; the next call begins anew', () => {
  vi.useFakeTimers()
  let runs = 0
  const run = soon(10, () => runs++)
  run()
  run()
  vi.advanceTimersByTime(9)
  run()
  expect(runs).toBe(0)
  vi.advanceTimersByTime(1)
  expect(runs).toBe(1)
  run()
  vi.advanceTimersByTime(10)
  expect(runs).toBe(2)
  vi.useRealTimers()
})
