import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { Refusal } from '../http/refusal.ts'
import { assertAffordable, createCostCompiler } from './operation-cost.ts'

const goods = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@cost", "@listSize"])
  type Query {
    bag: Bag
    bags: [Bag!]!
    page(first: Int = 20, last: Int): [Bag!]!
    shelf(first: Int): BagConnection!
    found(top: Int = 5, filter: Filter, hidden: Secret): [Thing!]! @listSize(slicingArguments: ["top"])
    strict(top: Int, bottom: Int): [Bag!]! @listSize(slicingArguments: ["top", "bottom"])
    few: [Bag!]! @listSize(assumedSize: 3)
    matrix: [[Bag!]!]!
    sized(count: Int): Sized @listSize(assumedSize: 7, slicingArguments: ["count"], sizedFields: ["left"], requireOneSlicingArgument: false)
    dear: Bag @cost(weight: 50)
    asking(expensive: Int @cost(weight: 4)): Int
  }
  type Sized { left: [Bag!]! right: [Bag!]! }
  type Bag @key(fields: "id") { id: ID! name: String! price: Int @cost(weight: 2) tags: [Tag!]! @listSize(assumedSize: 4) label: Label }
  type Tag { text: String! }
  scalar Label @cost(weight: 3)
  type BagConnection { nodes: [Bag!]! edges: [BagEdge!]! total: Int! }
  type BagEdge { node: Bag! }
  interface Thing { id: ID! bag: Bag }
  type Belt implements Thing { id: ID! bag: Bag buckles: [Tag!]! }
  type Scarf implements Thing @cost(weight: 6) { id: ID! bag: Bag threads: [Tag!]! @listSize(assumedSize: 100) }
  input Filter { text: String @cost(weight: 5) any: [Filter!] }
  input Secret { top: Int }
  type Mutation { rename(name: String): Bag  login: Boolean @cost(weight: 100) }
`

function compose(...sdl: string[]): string {
  const services = sdl.map((text, index) => ({
    name: `part${String(index)}`,
    url: 'http://127.0.0.1:1',
    typeDefs: parse(text),
  }))
  const { supergraphSdl, errors } = composeServices(services)
  if (supergraphSdl === undefined) throw new Error(errors.join('\n'))
  return supergraphSdl
}

const compile = createCostCompiler(compose(goods))
const cost = (text: string, variables?: unknown) => compile(parse(text))(variables)

test.each<[string, number]>([
  ['{ __typename }', 1],
  ['{ bag { id name } }', 1],
  ['{ bag { id price } }', 1 + 2],
  ['{ bag { label } }', 1 + 3],
  ['{ bag { tags { text } } }', 1 + 4],
  ['{ dear { id } }', 50],
  ['{ bags { tags { text } } }', 10 * (1 + 4)],
  ['{ few { id } }', 3],
  ['{ matrix { id } }', 10 * 10],
  ['{ asking }', 1],
  ['{ asking(expensive: 1) }', 4],
  ['mutation { rename { id } }', 10],
  ['mutation { a: rename { id } b: rename { tags { text } } login }', 10 + 14 + 100],
])('%s costs %d', (text, expected) => {
  expect(cost(text)).toBe(expected)
})

test('a list is as long as its slicing argument says, by default or by a variable', () => {
  expect(cost('{ page { id } }')).toBe(20)
  expect(cost('{ page(first: 3) { id } }')).toBe(3)
  expect(cost('{ page(first: 3, last: 8) { id } }')).toBe(8)
  const text = 'query ($n: Int = 4) { page(first: $n) { id } }'
  expect(cost(text)).toBe(4)
  expect(cost(text, { n: 30 })).toBe(30)
  expect(cost('query ($n: Int) { page(first: $n) { id } }', {})).toBe(20)
  expect(cost('query ($n: Int) { page(first: $n) { id } }', { n: 'many' })).toBe(10)
})

test('a page of nothing, or of less, is counted as one of one', () => {
  expect(cost('{ page(first: 0) { id } }')).toBe(1)
  expect(cost('query ($n: Int) { a: page(first: $n) { id } b: bags { id } }', { n: -1_000_000 })).toBe(11)
})

test('the size of a connection is that of its lists', () => {
  expect(cost('{ shelf(first: 6) { total nodes { tags { text } } } }')).toBe(1 + 6 * 5)
  expect(cost('{ shelf(first: 6) { edges { node { id } } } }')).toBe(1 + 6 * 2)
  expect(cost('{ shelf { nodes { id } } }')).toBe(1 + 10)
  expect(cost('{ sized(count: 2) { left { id } right { id } } }')).toBe(1 + 2 + 10)
  expect(cost('{ sized { left { id } } }')).toBe(1 + 7)
})

test('where exactly one slicing argument is required, none and two are refused', () => {
  expect(cost('{ strict(top: 2) { id } }')).toBe(2)
  expect(cost('query ($t: Int, $b: Int) { strict(top: $t, bottom: $b) { id } }', { b: 9 })).toBe(9)
  expect(() => cost('{ strict { id } }')).toThrow(Refusal)
  expect(() => cost('{ strict(top: 1, bottom: 1) { id } }')).toThrow(Refusal)
})

test('of several types one is answered: the dearest counts', () => {
  expect(cost('{ found { id } }')).toBe(5 * 6)
  expect(cost('{ found { ... on Belt { buckles { text } } } }')).toBe(5 * (6 + 10))
  const both =
    '{ found { bag { id } ... on Belt { buckles { text } } ...S } } fragment S on Scarf { threads { text } }'
  expect(cost(both)).toBe(5 * (6 + 1 + 100))
})

test('what is named twice is counted once, as it is answered', () => {
  expect(
    cost(
      '{ bag { tags { text } } ...B bag { tags { text } } } fragment B on Query { bag { tags { text } } }',
    ),
  ).toBe(5)
  expect(cost('{ bag { id } other: bag { id } }')).toBe(2)
})

test('what the variables leave out is not counted', () => {
  const text =
    'query ($with: Boolean = false, $without: Boolean!) { bag { id tags @include(if: $with) @skip(if: $without) { text } } }'
  expect(cost(text, { without: false })).toBe(1)
  expect(cost(text, { without: false, with: true })).toBe(5)
  expect(cost(text, { without: true, with: true })).toBe(1)
  expect(cost('{ bag { tags @skip(if: true) { text } tags @include(if: true) { text } } }')).toBe(5)
})

test('every input object counts, in the document and in the variables', () => {
  expect(cost('{ found(filter: { text: "a", any: [{ text: "b" }, {}] }) { id } }')).toBe(
    30 + 1 + 5 + (1 + 5) + 1,
  )
  const text =
    'query ($f: Filter, $any: [Filter!]) { a: found(filter: $f) { id } found(filter: { any: $any }) { id } }'
  expect(cost(text, {})).toBe(30 + 30 + 1)
  expect(cost(text, { f: { text: 'a', unknown: {} }, any: [{}, {}] })).toBe(30 + 6 + 30 + 1 + 2)
})

test('names that every object has are no values of variables', () => {
  expect(
    cost(
      'query ($constructor: Filter, $__proto__: Filter) { found(filter: $constructor) { id } bag { id } }',
      {},
    ),
  ).toBe(31)
})

test('the directives are found under the names the supergraph gives them', () => {
  const renamed = compose(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{ name: "@cost", as: "@weighs" }, { name: "@listSize", as: "@long" }])
    directive @cost(weight: Int!) on FIELD_DEFINITION
    type Query { bags: [Bag!]! @long(assumedSize: 2)  other: Bag @cost(weight: 99) }
    type Bag @weighs(weight: 7) { id: ID! }
  `)
  expect(createCostCompiler(renamed)(parse('{ bags { id } other { id } }'))({})).toBe(2 * 7 + 7)
})

test('the operation that is named is counted, and one that is not there counts least', () => {
  const document = parse('query A { bag { id } } query B { bags { id } }')
  expect(compile(document, 'B')({})).toBe(10)
  expect(compile(document, 'C')({})).toBe(1)
  expect(compile(document)({})).toBe(1)
})

test('an operation above the maximum is refused', () => {
  expect(() => {
    assertAffordable(100, 100)
  }).not.toThrow()
  expect(() => {
    assertAffordable(101, 100)
  }).toThrow(expect.objectContaining({ status: 400, code: 'OPERATION_TOO_COSTLY' }))
})

test('a hundred types at every level do not multiply', () => {
  const types = Array.from(
    { length: 100 },
    (_, i) => `type T${String(i)} implements Node { id: ID! next: Node }`,
  )
  const many = createCostCompiler(
    compose(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      interface Node { id: ID! next: Node } ${types.join('\n')} type Query { node: Node }`),
  )
  let text = 'id'
  for (let level = 0; level < 14; level += 1) {
    text = `next { ${text} } ... on T${String(level)} { next { id next { id } } } ... on T${String(level + 1)} { next { id } }`
  }
  expect(many(parse(`{ node { ${text} } }`))({})).toBeGreaterThan(15)
})
