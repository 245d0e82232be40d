import { expect, test } from 'vitest'
import { fixedClock, systemClock } from './clock.ts'

test('a fixed clock moves only when it is advanced', () => {
  const start = new Date('2026-01-31T23:59:59Z')
  const clock = fixedClock(start)
  expect(clock.now()).toEqual(start)
  clock.advance(1_000)
  expect(clock.now()).toEqual(new Date('2026-02-01T00:00:00Z'))
})

test('changing a date that a fixed clock gave does not change the clock', () => {
  const clock = fixedClock(new Date(0))
  clock.now().setFullYear(2000)
  expect(clock.now()).toEqual(new Date(0))
})

test('the system clock tells the time of the machine', () => {
  expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1_000)
})
