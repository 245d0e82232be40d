import { expect, test } from 'vitest'
import { inBatches } from './in-batches.ts'

function recorder(fails: (item: number) => boolean = () => false) {
  const handled: number[][] = []
  const handle = (items: readonly number[]) => {
    if (items.some(fails)) return Promise.reject(new Error(`not ${String(items.find(fails))}`))
    handled.push([...items])
    return Promise.resolve()
  }
  return { handled, add: inBatches<number>({ most: 3, together: handle, alone: (item) => handle([item]) }) }
}

test('what waits at the same moment is handled together, in its order, at most so many', async () => {
  const { handled, add } = recorder()
  await Promise.all([1, 2, 3, 4, 5].map(add))
  await add(6)
  expect(handled).toEqual([[1, 2, 3], [4, 5], [6]])
})

test('of a batch that fails only the one to blame is rejected', async () => {
  const { handled, add } = recorder((item) => item === 2)
  const outcomes = await Promise.allSettled([1, 2, 3].map(add))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(handled).toEqual([[1], [3]])
})
