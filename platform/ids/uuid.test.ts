import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUuid, parseId, uuidv7 } from './uuid.ts'

function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}

test('an id is a version 7, variant 10 UUID', () => {
  for (let i = 0; i < 2_000; i += 1) {
    expect(uuidv7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
})

test('100,000 ids rise strictly and are all different', () => {
  const ids = Array.from({ length: 100_000 }, () => uuidv7())
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
})

test('a given time is the time the id carries, also when it lies before the last one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 48 - 1 })), (times) => {
      for (const time of times) expect(timeOf(uuidv7(new Date(time)))).toBe(time)
    }),
  )
})

test('ids of the same given time rise', () => {
  const at = new Date('2026-03-01T10:00:00Z')
  const ids = Array.from({ length: 10_000 }, () => uuidv7(at))
  expect([...ids].sort()).toEqual(ids)
})

test('a given time does not disturb the ids of the clock', () => {
  const before = uuidv7()
  uuidv7(new Date('2200-01-01T00:00:00Z'))
  const after = uuidv7()
  expect(before < after).toBe(true)
  expect(Math.abs(timeOf(after) - Date.now())).toBeLessThan(5_000)
})

test('an invalid date is refused', () => {
  expect(() => uuidv7(new Date(Number.NaN))).toThrow(RangeError)
  expect(() => uuidv7(new Date(-1))).toThrow(RangeError)
})

test('parseId gives the id in lower case', () => {
  const id = uuidv7()
  expect(parseId<'Order'>(id.toUpperCase())).toBe(id)
})

test.each(['', '1', 'not-a-uuid', `${uuidv7()} `, `${uuidv7()}\n`, `{${uuidv7()}}`, "' OR 1=1 --"])(
  'parseId refuses %j as the caller’s fault',
  (text) => {
    expect(isUuid(text)).toBe(false)
    expect(() => parseId(text)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
  },
)
