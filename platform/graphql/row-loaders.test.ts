import { expect, test } from 'vitest'
import { rowBy, rowsBy } from './row-loaders.ts'

const parcels = [
  { id: '1', order: 'a', at: 9 },
  { id: '2', order: 'b', at: 4 },
  { id: '3', order: 'a', at: 2 },
  { id: '4', order: null, at: 1 },
]

test('rows go to who asked for them, in the order read, all in one reading', async () => {
  const asked: string[][] = []
  const loader = rowsBy(
    (keys) => {
      asked.push(keys)
      return Promise.resolve(parcels)
    },
    (row) => row.order,
  )
  const found = await Promise.all([loader.load('b'), loader.load('a'), loader.load('none'), loader.load('a')])
  expect(found.map((rows) => rows.map((row) => row.id))).toEqual([['2'], ['1', '3'], [], ['1', '3']])
  expect(asked).toEqual([['b', 'a', 'none']])
})

test('a key without a row is null, and a row without a key is nobody’s', async () => {
  const loader = rowBy(
    () => Promise.resolve(parcels.slice(1)),
    (row) => row.order,
  )
  expect(await loader.loadMany(['a', 'b', 'null', ''])).toEqual([parcels[2], parcels[1], null, null])
})
