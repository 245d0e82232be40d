import { parse, Source } from 'graphql'
import { expect, test } from 'vitest'
import { findRequiresFaults } from './find-requires-faults.ts'

const schemaOf = (requires: string) =>
  parse(
    new Source(
      `type Cart @key(fields: "id") {
        id: ID!
        lines: [Line!]! @external
        quote: Int @requires(fields: "${requires}")
      }
      type Line { id: ID!  price(currency: String): Int  size: Int }`,
      'orders.graphql',
    ),
  )

test('a required field may have fields of its own', () => {
  expect(findRequiresFaults(schemaOf('lines { id size }'))).toEqual([])
})

test.each([
  'lines { price }',
  "lines { price(currency: 'EUR') }".replaceAll("'", '\\"'),
  'lines { ... on Line { price } }',
])('a required field that takes arguments is a fault with its place: %s', (requires) => {
  expect(findRequiresFaults(schemaOf(requires))).toEqual([
    "orders.graphql:4: Cart.quote requires Line.price, which takes arguments: the planner may answer it with the client's",
  ])
})
