import { buildSchema, type DocumentNode, Kind, type OperationDefinitionNode, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { compileResponseWriter, type ResponseWriter } from './write-response.ts'

const schema = buildSchema(`
  type Query { product: Product products: [Product!]! anything: Thing things: [Thing!] order: Order now: Instant ratio: Float opened: Instant! }
  type Mutation { buy: Order }
  type Subscription { bought: Order }
  interface Named { name: String }
  type Product implements Named {
    id: ID! name: String price: Money! colors: [Color!] stock: Int maker: Maker toString: String constructor: String
    hasOwnProperty: String
  }
  type Maker implements Named { id: ID! name: String! country: String! founded: Int }
  type Money { minorUnits: Int! currency: String! }
  type Order { shop: ID! number: Int! total: Money }
  union Thing = Product | Maker
  enum Color { RED GREEN }
  scalar Instant
`)

const entityKeys = new Map([
  ['Product', ['id']],
  ['Maker', ['id']],
  ['Order', ['shop', 'number']],
])

function operationIn(document: DocumentNode): OperationDefinitionNode {
  const found = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  )
  if (!found) throw new Error('no operation')
  return found
}

function compile(text: string, options: { hasTags?: boolean } = {}): ResponseWriter {
  const document = parse(text)
  expect(validate(schema, document)).toEqual([])
  return compileResponseWriter({
    schema,
    document,
    operation: operationIn(document),
    ...(options.hasTags && { entityKeys }),
  })
}

function write(text: string, data: Record<string, unknown> | null, variables = {}) {
  const { json, valueCompletion } = compile(text)(data, variables)
  return { data: JSON.parse(json) as unknown, json, errors: valueCompletion }
}

describe('fields', () => {
  test('only what was asked for is written, in the order of the document', () => {
    const told = { product: { name: 'Sac', id: '1', secret: 'no', __typename: 'Product' }, other: 1 }
    expect(write('{ product { id name } __typename }', told).json).toBe(
      '{"product":{"id":"1","name":"Sac"},"__typename":"Query"}',
    )
  })

  test('a field selected twice stands where it was first, with the fields of both', () => {
    const told = { product: { id: '1', name: 'Sac', stock: 3 } }
    expect(
      write(
        '{ product { id } __typename ...F product { stock } } fragment F on Query { product { name } }',
        told,
      ).json,
    ).toBe('{"product":{"id":"1","name":"Sac","stock":3},"__typename":"Query"}')
  })

  test('what a variable leaves out decides the order of what stays', () => {
    const text = 'query ($x: Boolean!) { product { id @include(if: $x) name id } }'
    const told = { product: { id: '1', name: 'Sac' } }
    expect(write(text, told, { x: true }).json).toBe('{"product":{"id":"1","name":"Sac"}}')
    expect(write(text, told, { x: false }).json).toBe('{"product":{"name":"Sac","id":"1"}}')
  })

  test('an object all of whose fields are left out is empty', () => {
    expect(write('{ product { id @skip(if: true) } }', { product: { id: '1' } }).json).toBe('{"product":{}}')
  })

  test('every combination of more conditions than are compiled is right', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const writer = compile(
      `query (${names.map((name) => `$${name}: Boolean!`).join(' ')}) {
        ${names.map((name) => `${name}: ratio @include(if: $${name})`).join(' ')}
      }`,
    )
    const told = Object.fromEntries(names.map((name, index) => [name, index]))
    for (let bits = 0; bits < 2 ** names.length; bits += 1) {
      const variables = Object.fromEntries(names.map((name, index) => [name, (bits & (1 << index)) !== 0]))
      const expected = Object.fromEntries(
        names.flatMap((name, index) => (variables[name] ? [[name, index]] : [])),
      )
      expect(writer(told, variables).json).toBe(JSON.stringify(expected))
    }
  })

  test('an abstract type follows the type that was told', () => {
    const text =
      '{ things { kind: __typename ... on Named { name } ... on Maker { country } ... on Product { stock } } }'
    const told = {
      things: [
        { __typename: 'Maker', name: 'Atelier', country: 'FR' },
        { __typename: 'Product', name: 'Sac', stock: 0 },
      ],
    }
    expect(write(text, told).data).toEqual({
      things: [
        { kind: 'Maker', name: 'Atelier', country: 'FR' },
        { kind: 'Product', name: 'Sac', stock: 0 },
      ],
    })
  })
})

describe('values', () => {
  test.each([
    ['a string', '{ product { name } }', { product: { name: '"\\\n\u0000 é \ud800 😀 \u2028 </script>' } }],
    ['half of a pair of surrogates', '{ product { name } }', { product: { name: 'a\ud800' } }],
    ['a control character', '{ product { name } }', { product: { name: 'a\u001f' } }],
    ['a long string', '{ product { name } }', { product: { name: `${'x'.repeat(100)}"` } }],
    ['numbers', '{ ratio product { stock } }', { ratio: 1e-7, product: { stock: -3 } }],
    ['an ID that is a number', '{ product { id } }', { product: { id: 7 } }],
    ['enum values', '{ product { colors } }', { product: { colors: ['RED', 'GREEN'] } }],
    ['a custom scalar', '{ now }', { now: { any: [1, null, '"'] } }],
  ])('%s is written as JSON.stringify writes it', (_, text, told) => {
    expect(write(text, told)).toEqual({ data: told, json: JSON.stringify(told), errors: [] })
  })

  test.each([
    [
      'an unknown enum value',
      '{ product { colors } }',
      { product: { colors: ['BLUE'] } },
      { product: { colors: null } },
    ],
    ['a number that is not finite', '{ ratio }', { ratio: Infinity }, { ratio: null }],
    [
      'a fraction for an Int',
      '{ product { stock } }',
      { product: { stock: 1.5 } },
      { product: { stock: null } },
    ],
    [
      'a string for an Int',
      '{ product { stock } }',
      { product: { stock: '1' } },
      { product: { stock: null } },
    ],
    [
      'an object for a list',
      '{ product { colors } }',
      { product: { colors: {} } },
      { product: { colors: null } },
    ],
    ['a string for an object', '{ product { id } }', { product: 'Sac' }, { product: null }],
  ])('%s becomes null, and that is told', (_, text, told, expected) => {
    const { data, errors } = write(text, told)
    expect(data).toEqual(expected)
    expect(errors).toEqual([
      { message: expect.stringMatching(/^Invalid value found for /), path: expect.any(Array) },
    ])
  })
})

describe('nulls', () => {
  test('what is missing is null', () => {
    expect(write('{ product { name } ratio }', { product: {} })).toMatchObject({
      data: { product: { name: null }, ratio: null },
      errors: [],
    })
  })

  test('a null where none may be goes up to the next place where one may', () => {
    const told = { product: { id: '1', price: { minorUnits: null, currency: 'EUR' } } }
    expect(write('{ product { id price { currency minorUnits } } }', told)).toMatchObject({
      data: { product: null },
      errors: [
        {
          message: 'Cannot return null for non-nullable field Money.minorUnits.',
          path: ['product', 'price', 'minorUnits'],
        },
      ],
    })
  })

  test('a null in a list of non-nulls makes the list null', () => {
    expect(write('{ product { colors } }', { product: { colors: ['RED', null] } })).toMatchObject({
      data: { product: { colors: null } },
      errors: [
        {
          message: 'Cannot return null for non-nullable array element of type Color at index 1.',
          path: ['product', 'colors', 1],
        },
      ],
    })
  })

  test('it may go up to the whole of data', () => {
    expect(write('{ opened }', {}).json).toBe('null')
    expect(write('{ products { id } }', { products: [{ id: null }] }).json).toBe('null')
    expect(write('{ products { id } }', {}).json).toBe('null')
    expect(write('{ products { id } }', null)).toMatchObject({ json: 'null', errors: [] })
  })

  test('an object of a type that clients do not know is null', () => {
    expect(write('{ things { __typename } }', { things: [{ __typename: 'Hidden' }] })).toMatchObject({
      data: { things: null },
      errors: [
        {
          message: 'Invalid __typename found for object at array element of type Thing at index 0.',
          path: ['things', 0],
        },
      ],
    })
  })

  test('one request that broke the schema leaves nothing to the next', () => {
    const writer = compile('{ products { id name } }', { hasTags: true })
    writer({ products: [{ id: '1', name: 'Sac' }, { id: null }] }, {})
    const written = writer({ products: [{ id: '2', name: 'Malle' }] }, {})
    expect(written).toEqual({
      json: '{"products":[{"id":"2","name":"Malle"}]}',
      valueCompletion: [],
      unasked: [],
      tags: new Set(['Product:2']),
    })
  })
})

describe('tags', () => {
  test('every entity whose keys were told is tagged, whether it was asked for its keys or not', () => {
    const told = {
      products: [
        { id: '1', name: 'Sac', maker: { id: 7, name: 'Atelier' } },
        { id: '2', name: 'Malle', maker: { name: 'nobody knows' } },
      ],
      order: { shop: 'PAR', number: 12, total: null },
    }
    const { tags } = compile('{ products { name maker { name } } order { total { currency } } }', {
      hasTags: true,
    })(told, {})
    expect(tags).toEqual(new Set(['Product:1', 'Maker:7', 'Product:2', 'Order:PAR,12']))
  })

  test('tags are complete when nulls were made, too', () => {
    const told = { products: [{ id: '1', stock: 'many' }] }
    expect(compile('{ products { stock } }', { hasTags: true })(told, {})).toMatchObject({
      json: '{"products":[{"stock":null}]}',
      tags: new Set(['Product:1']),
    })
  })

  test('there are none unless they are asked for', () => {
    expect(compile('{ product { id } }')({ product: { id: '1' } }, {}).tags).toBeNull()
  })
})
