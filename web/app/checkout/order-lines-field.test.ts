import { expect, test } from 'vitest'
import { readLines, writeLines } from './order-lines-field.ts'

const a = '01930000-0000-7000-8000-000000000001'
const b = '01930000-0000-7000-8000-000000000002'

test('what is written is read again', () => {
  const lines = [
    { variantId: a, quantity: 1 },
    { variantId: b, quantity: 99 },
  ]
  expect(readLines(writeLines(lines))).toEqual(lines)
})

test('a field that somebody changed is no order', () => {
  for (const text of [
    '',
    a,
    `${a}*0`,
    `${a}*-1`,
    `${a}*100`,
    `x*1`,
    `${a}*1,`,
    Array(101).fill(`${a}*1`).join(','),
  ]) {
    expect(readLines(text)).toBeNull()
  }
})
