import { expect, test } from 'vitest'
import { createWedge } from './wedge.ts'

function type(text: string, gapMs: number, startMs = 0) {
  const wedge = createWedge()
  let at = startMs
  for (const key of text) {
    wedge.press(key, at)
    at += gapMs
  }
  return wedge.press('Enter', at)
}

test('a scanner is told from a person by its speed', () => {
  expect(type('4006381333931', 12)).toBe('4006381333931')
  expect(type('4006381333931', 120)).toBeNull()
  expect(type('12', 5)).toBeNull()
})

test('one slow key of a busy machine does not lose the scan', () => {
  const wedge = createWedge()
  let at = 0
  for (const key of 'MSN-0042') wedge.press(key, (at += key === '-' ? 180 : 10))
  expect(wedge.press('Enter', at + 10)).toBe('MSN-0042')
})

test('what somebody typed before the scan is no part of the code, and the first digit is', () => {
  const wedge = createWedge()
  wedge.press('9', 0)
  let at = 1_000
  for (const key of '4006381333931') wedge.press(key, (at += 10))
  expect(wedge.press('Enter', at + 10)).toBe('4006381333931')
})

test('a scan after a scan is only itself', () => {
  const wedge = createWedge()
  let at = 0
  for (const key of '11112222') wedge.press(key, (at += 10))
  expect(wedge.press('Enter', (at += 10))).toBe('11112222')
  for (const key of '33334444') wedge.press(key, (at += 10))
  expect(wedge.press('Enter', at + 10)).toBe('33334444')
})

test('shift is no character; other keys end what was typed', () => {
  const wedge = createWedge()
  wedge.press('x', 0)
  wedge.press('Tab', 10)
  let at = 20
  for (const key of ['Shift', 'A', 'B', '1', '2']) wedge.press(key, (at += 10))
  expect(wedge.press('Enter', at + 10)).toBe('AB12')
})
