import { expect, test } from 'vitest'
import { readPeriod } from './period.ts'

const now = new Date('2026-11-20T23:30:00Z')
const read = (query: string) => readPeriod(new URLSearchParams(query), now)

test('an address says which days, the last 30 when it says nothing', () => {
  expect(read('')).toEqual({ range: '30', from: '2026-10-22', to: '2026-11-20' })
  expect(read('range=today')).toEqual({ range: 'today', from: '2026-11-20', to: '2026-11-20' })
  expect(read('range=7')).toEqual({ range: '7', from: '2026-11-14', to: '2026-11-20' })
  expect(read('from=2026-11-01&to=2026-11-03')).toEqual({
    range: 'custom',
    from: '2026-11-01',
    to: '2026-11-03',
  })
})

test('days the wrong way round are turned, too many are cut, impossible ones are none', () => {
  expect(read('from=2026-11-03&to=2026-11-01')).toMatchObject({ from: '2026-11-01', to: '2026-11-03' })
  expect(read('from=2020-01-01&to=2026-11-20')).toMatchObject({ from: '2025-10-17', to: '2026-11-20' })
  for (const from of ['2026-02-30', '2026-13-01', "2026-11-01'", '0001-01-01', '']) {
    expect(read(`from=${from}&to=2026-11-20`).range, from).toBe('30')
  }
})
