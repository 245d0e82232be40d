import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { findPublicFaults } from './find-public-faults.ts'

test('what everybody may read may be kept', () => {
  const schema = `
    type Bag @auth(anyone: true) @cacheControl(maxAge: 60) { name: String cost: Int @auth(roles: [ADMIN]) @cacheControl(maxAge: 0) }
    type Money @cacheControl(maxAge: 60) { amount: String }
    type Query { bags: [Bag] @auth(anyone: true) @cacheControl(maxAge: 60) me: User @auth(signedIn: true) }`
  expect(findPublicFaults(parse(schema))).toEqual([])
})

test.each([
  ['type Order @auth(owner: "id") @cacheControl(maxAge: 5) { id: ID }', ['Order may be', 'Order.id may be']],
  [
    'type Bag @auth(anyone: true) @cacheControl(maxAge: 5) { cost: Int @auth(roles: [ADMIN]) }',
    ['Bag.cost may be'],
  ],
  ['type Query { me: User @auth(signedIn: true) @cacheControl(maxAge: 5) }', ['Query.me may be']],
  ['extend type Bag @auth(roles: [ADMIN]) { cost: Int @cacheControl(maxAge: 5) }', ['Bag.cost may be']],
  ['type Bag @cacheControl(maxAge: 4000) { id: ID @cacheControl(maxAge: -1) }', ['Bag: @c', 'Bag.id: @c']],
])('%s is refused', (schema, faults) => {
  expect(findPublicFaults(parse(schema))).toEqual(
    faults.map((fault) => expect.stringContaining(fault) as string),
  )
})
