import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseInput } from './parse-input.ts'

const schema = z.object({ lines: z.array(z.object({ quantity: z.int().min(1, 'must be 1 or more') })) })

test('input of the right shape comes out as the schema makes it', () => {
  const input = { lines: [{ quantity: 2, price: 'made up' }] }
  expect(parseInput(schema, input)).toEqual({ kind: 'Parsed', value: { lines: [{ quantity: 2 }] } })
})

test('the first thing wrong is told with the way to it', () => {
  expect(parseInput(schema, { lines: [{ quantity: 1 }, { quantity: 0 }, { quantity: -1 }] })).toEqual({
    kind: 'InvalidInputError',
    field: 'lines.1.quantity',
    message: 'lines.1.quantity: must be 1 or more',
  })
})

test.each([null, undefined, 'text', [], { lines: null }])('%j is refused, not thrown at', (input) => {
  expect(parseInput(schema, input)).toMatchObject({ kind: 'InvalidInputError' })
})
