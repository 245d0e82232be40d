// Random operations on random answers, good and bad: what is written equals what graphql-js makes of the same data, and
// what the stock gateway makes of it.
import { computeResponse } from '@apollo/gateway/dist/resultShaping.js'
import { buildSchema as buildFederationSchema, operationFromDocument } from '@apollo/federation-internals'
import fc from 'fast-check'
import {
  buildSchema,
  execute,
  type ExecutionResult,
  getNamedType,
  type GraphQLOutputType,
  type GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLAbstractType,
  isLeafType,
  getNullableType,
  isEnumType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'
import { expect, test } from 'vitest'
import { compileResponseWriter } from './write-response.ts'

const sdl = `
  type Query { me: User node: Node! thing: Thing things: [Thing!] grid: [[Node!]!] }
  interface Node { id: ID! name: String next: Node }
  interface Named { name: String }
  union Thing = User | Post
  enum Color { RED GREEN }
  scalar Json
  type User implements Node & Named {
    id: ID! name: String next: Node age: Int color: Color! posts: [Post!]! friends: [User]
  }
  type Post implements Node {
    id: ID! name: String next: Node score: Float! flag: Boolean any: Json stamp: Json! author: User! tags: [String!] matrix: [[Int!]]!
  }
`
const schema = buildSchema(sdl)
const federationSchema = buildFederationSchema(sdl)

/** Each field also goes by a second name: data must not depend on which was asked for. */
const responseNames = (field: string) => [field, `${field}2`]

type Below = (limit: number) => number

/** Whole numbers below a limit; a seed always gives the same. Cheaper by far than building data of arbitraries. */
function diceOf(seed: number): Below {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

function oneOf<T>(below: Below, [first, ...others]: readonly [T, ...T[]]): T {
  return others[below(others.length + 1)] ?? first
}

/** An operation on everything the schema has, valid but for what `prepare` refuses. */
function operationOf(seed: number): string {
  const below = diceOf(seed)

  function condition(): string {
    if (below(4) > 0) return ''
    const value = oneOf(below, ['$a', '$b', 'true', 'false'])
    return oneOf(below, [`@include(if: ${value})`, `@skip(if: ${value})`, '@skip(if: $a) @include(if: $b)'])
  }

  function selectionSet(typeName: string, depth: number, mayFragment: boolean): string {
    const selections = Array.from({ length: 1 + below(5) }, () => selection(typeName, depth, mayFragment))
    return `{ ${selections.join(' ')} }`
  }

  function selection(typeName: string, depth: number, mayFragment: boolean): string {
    if (mayFragment && depth > 0 && typeName !== 'Query' && below(3) === 0) {
      if (below(3) === 0) return `...${oneOf(below, ['N', 'U', 'P'])} ${condition()}`
      const type = oneOf(below, [null, 'Node', 'Named', 'Thing', 'User', 'Post'])
      return `... ${type ? `on ${type}` : ''} ${condition()} ${selectionSet(type ?? typeName, depth - 1, true)}`
    }
    const type = schema.getType(typeName)
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : []
    const field = fields[below(fields.length + 1)]
    if (!field) return oneOf(below, ['__typename', 'kind: __typename'])
    const named = getNamedType(field.type)
    const label = oneOf(below, [field.name, `${field.name}2: ${field.name}`])
    if (isLeafType(named)) return `${label} ${condition()}`
    if (depth === 0) return '__typename'
    return `${label} ${condition()} ${selectionSet(named.name, depth - 1, mayFragment)}`
  }

  return `query ($a: Boolean!, $b: Boolean!) ${selectionSet('Query', 5, true)}
    fragment N on Node ${selectionSet('Node', 1, false)}
    fragment U on User ${selectionSet('User', 1, false)}
    fragment P on Post ${selectionSet('Post', 1, false)}`
}

interface Faults {
  /** Of 100 values, how many are null or missing, and how many nothing that the type allows. */
  nulls: number
  wrong: number
}

const strings: [string, ...string[]] = [
  '',
  'a',
  'Marie',
  '"',
  '\\',
  '\n',
  '\u0000',
  'é',
  '\ud800',
  '😀',
  '\u2028',
  'x'.repeat(50),
  '</script>',
]

/** What subgraphs may tell, under every response name in a text; a seed always gives the same. */
function dataFor(text: string, seed: number, faults: Faults): Record<string, unknown> {
  const below = diceOf(seed)
  const objects = new Map<string, Record<string, unknown>>()

  function valueOf(type: GraphQLOutputType, depth: number): unknown {
    const nullable = getNullableType(type)
    const luck = below(100)
    if (luck < faults.nulls) return null
    // In the place of an object or a list the stock gateway gives up the whole answer.
    if (luck < faults.nulls + faults.wrong && isLeafType(nullable)) return wrongLeaf(nullable)
    if (isListType(nullable)) {
      return Array.from({ length: below(3) }, () => valueOf(nullable.ofType, depth))
    }
    if (isLeafType(nullable)) return leaf(nullable)
    if (isObjectType(nullable)) return object(nullable, depth)
    if (faults.wrong > 0 && below(50) === 0) return { __typename: 'Ghost', id: '1' }
    return object(possibleType(nullable), depth)
  }

  function possibleType(type: GraphQLAbstractType): GraphQLObjectType {
    const [first, ...others] = schema.getPossibleTypes(type)
    if (!first) throw new Error(`${type.name} has no possible types`)
    return oneOf(below, [first, ...others])
  }

  function object(type: GraphQLObjectType, depth: number): Record<string, unknown> {
    // The executor shares objects between the places where an entity stands.
    const shared = below(3) === 0 ? objects.get(`${type.name} ${depth}`) : undefined
    if (shared) return shared
    const told: Record<string, unknown> = { __typename: type.name }
    objects.set(`${type.name} ${depth}`, told)
    for (const field of Object.values(type.getFields())) {
      for (const name of responseNames(field.name).filter((one) => text.includes(one))) {
        if (faults.nulls > 0 && below(50) === 0) continue
        told[name] = depth > 0 || isLeafType(getNamedType(field.type)) ? valueOf(field.type, depth - 1) : null
      }
    }
    return told
  }

  function leaf(type: GraphQLLeafType): unknown {
    if (isEnumType(type)) return oneOf(below, ['RED', 'GREEN'])
    switch (type.name) {
      case 'Int':
        return oneOf(below, [0, -1, 7, 2 ** 31 - 1])
      case 'Float':
        return oneOf(below, [0, -0.5, 1e-7, 1e21, 3])
      case 'Boolean':
        return oneOf(below, [true, false])
      case 'Json':
        return oneOf<unknown>(below, [1, 'a', '"', true, [], { a: [null, '\ud800'] }])
      default:
        return oneOf(below, strings)
    }
  }

  /** Values that graphql-js refuses as well. It converts some that the stock gateway refuses: none of those. */
  function wrongLeaf(type: GraphQLLeafType): unknown {
    if (isEnumType(type)) return oneOf<unknown>(below, ['BLUE', 1, true, {}])
    switch (type.name) {
      case 'Int':
        return oneOf<unknown>(below, ['one', 1.5, {}])
      case 'Float':
        return oneOf<unknown>(below, ['one', Infinity, {}])
      case 'Boolean':
        return oneOf<unknown>(below, ['yes', {}])
      case 'Json':
        return null
      default:
        return oneOf(below, [{}, { a: 1 }])
    }
  }

  return object(schema.getType('Query') as GraphQLObjectType, 3)
}

function cases(faults: Faults) {
  return fc
    .record({
      operation: fc.nat(),
      data: fc.nat(),
      variables: fc.record({ a: fc.boolean(), b: fc.boolean() }),
    })
    .map(({ operation, data, variables }) => {
      const text = operationOf(operation)
      return { text, variables, data: dataFor(text, data, faults) }
    })
}

function prepare(text: string) {
  const document = parse(text)
  // Unused fragments are of no interest here.
  fc.pre(validate(schema, document).every(({ message }) => message.includes('never used')))
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  )
  if (!operation) throw new Error('no operation')
  return { document, operation }
}

const numRuns = 100
const timeout = 30_000

for (const faults of [
  { nulls: 0, wrong: 0 },
  { nulls: 2, wrong: 0 },
  { nulls: 5, wrong: 5 },
]) {
  const mix = `${faults.nulls} % nulls and ${faults.wrong} % wrong values`

  test(`data is what graphql-js makes of it, byte for byte (${mix})`, { timeout }, () => {
    fc.assert(
      fc.property(cases(faults), ({ text, data, variables }) => {
        const { document, operation } = prepare(text)
        const write = compileResponseWriter({ schema, document, operation })
        const expected = execute({
          schema,
          document,
          rootValue: data,
          variableValues: variables,
          fieldResolver: (source: Record<string, unknown>, _, __, { path }) => source[path.key],
        }) as ExecutionResult
        const json = JSON.stringify(expected.data)
        expect(write(data, variables).json).toBe(json)
        // The same again, from what the first one left behind.
        expect(write(data, variables).json).toBe(json)
      }),
      { numRuns },
    )
  })

  test(`data and errors are what the stock gateway makes of it (${mix})`, { timeout }, () => {
    fc.assert(
      fc.property(cases(faults), ({ text, data, variables }) => {
        const { document, operation } = prepare(text)
        const written = compileResponseWriter({ schema, document, operation })(data, variables)
        const stock = computeResponse({
          operation: operationFromDocument(federationSchema, document, { validate: false }),
          variables,
          input: data,
          introspectionHandling: () => null,
        })
        expect(JSON.parse(written.json)).toEqual(JSON.parse(JSON.stringify(stock.data)))
        expect(faultsOf(written.valueCompletion, stock.data)).toEqual(faultsOf(stock.errors, stock.data))
      }),
      { numRuns },
    )
  })
}

/**
 * Which places are null by which faults, in any order: the stock gateway first visits what it merged, not what the document
 * has first. For the same reason the faults within an object that one of them made null are told as that object's: stock
 * leaves it at the first it comes upon.
 */
function faultsOf(errors: readonly Pick<GraphQLError, 'message' | 'path'>[], data: unknown): string[] {
  const faults = errors.map(({ message, path = [] }) => {
    const place = nullPlace(path, data)
    return place.length < path.length ? place.join('.') : `${place.join('.')}: ${message}`
  })
  return [...new Set(faults)].sort()
}

/** The outermost null on the way. */
function nullPlace(path: readonly (string | number)[], data: unknown): readonly (string | number)[] {
  let value = data
  for (const [index, step] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, index)
    value = (value as Record<string | number, unknown>)[step]
  }
  return path
}
