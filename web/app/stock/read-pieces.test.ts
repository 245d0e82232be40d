import { expect, test } from 'vitest'
import { readPieces, readSerials } from './read-pieces.ts'

test.each([
  ['12', 12],
  ['0', 0],
  ['', null],
  ['-1', null],
  ['1.5', null],
  ['1e3', null],
  ['123456', null],
])('%j is %j pieces', (text, pieces) => {
  expect(readPieces(text)).toBe(pieces)
})

test('serial numbers are read one per line or with commas between', () => {
  expect(readSerials(' A-1\nA-2, A-3;\n\n')).toEqual(['A-1', 'A-2', 'A-3'])
})
