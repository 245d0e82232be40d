import { buildSchema, type DocumentNode, Kind, type OperationDefinitionNode, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { CannotCompile } from './cannot-compile.ts'
import { createFieldReader, readFragments } from './response-selections.ts'
import { responseSource } from './response-source.ts'
import { compileResponseWriter, type ResponseWriter } from './write-response.ts'

const schema = buildSchema(`
  type Query { product: Product products: [Product!]! }
  type Subscription { product: Product }
  type Product {
    id: ID! name: String price: Money! stock: Int maker: Maker
    toString: String constructor: String hasOwnProperty: Anything
  }
  scalar Anything
  type Maker { id: ID! name: String! country: String! founded: Int }
  type Money { minorUnits: Int! currency: String! }
`)

function operationIn(document: DocumentNode): OperationDefinitionNode {
  const found = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  )
  if (!found) throw new Error('no operation')
  return found
}

function compile(text: string): ResponseWriter {
  const document = parse(text)
  expect(validate(schema, document)).toEqual([])
  return compileResponseWriter({ schema, document, operation: operationIn(document) })
}

function write(text: string, data: Record<string, unknown>): { json: string; data: unknown } {
  const { json } = compile(text)(data, {})
  return { json, data: JSON.parse(json) }
}

describe('names', () => {
  test('names of what every object inherits are only names', () => {
    expect(write('{ product { hasOwnProperty } }', { product: {} }).json).toBe(
      '{"product":{"hasOwnProperty":null}}',
    )
    const text = '{ product { toString constructor hasOwnProperty valueOf: name } }'
    expect(write(text, { product: {} }).json).toBe(
      '{"product":{"toString":null,"constructor":null,"hasOwnProperty":null,"valueOf":null}}',
    )
    expect(
      write(text, { product: { toString: 'a', constructor: 'b', hasOwnProperty: 'c', valueOf: 'd' } }).json,
    ).toBe('{"product":{"toString":"a","constructor":"b","hasOwnProperty":"c","valueOf":"d"}}')
  })

  test.each(['written', 'shaped, since something else is wrong'])('__proto__ is only a name (%s)', (how) => {
    const faulty = how === 'written' ? '' : ', "stock": "wrong"'
    const told = JSON.parse(`{"product": {"__proto__": "x", "id": "1"${faulty}}}`) as Record<string, unknown>
    expect(write('{ product { __proto__: name id constructor stock } }', told).json).toBe(
      '{"product":{"__proto__":"x","id":"1","constructor":null,"stock":null}}',
    )
  })

  test('no name of a document becomes code', () => {
    const hostile = '"]);globalThis.wasRun=true;(["\\\u2028${globalThis.wasRun=true}`'
    const document = parse('{ product { id } }')
    // No parser lets such a name pass; a document that was made otherwise may hold it.
    const renamed = JSON.parse(
      JSON.stringify(document).replace(
        '"value":"id"',
        `"value":"id"},"alias":{"kind":"Name","value":${JSON.stringify(hostile)}`,
      ),
    ) as DocumentNode
    const writer = compileResponseWriter({
      schema,
      document: renamed,
      operation: operationIn(renamed),
      entityKeys: new Map([['Product', ['id']]]),
    })
    const told = { product: { [hostile]: '1', id: '2' } }
    const { json, tags } = writer(told, {})
    expect(JSON.parse(json)).toEqual({ product: { [hostile]: '1' } })
    expect(tags).toEqual(new Set(['Product:2']))
    expect('wasRun' in globalThis).toBe(false)
  })
})

describe('objects that stand in several places', () => {
  const maker = { id: '1', name: 'Atelier', country: 'FR', founded: 1854 }

  test('are written in each as it asks', () => {
    const text =
      '{ product { maker { name } } products { id price { currency minorUnits } maker { country name } } }'
    const told = {
      product: { maker },
      products: Array.from({ length: 3 }, (_, id) => ({
        id,
        price: { currency: 'EUR', minorUnits: id },
        maker,
      })),
    }
    const written = { country: 'FR', name: 'Atelier' }
    expect(write(text, told).data).toEqual({
      product: { maker: { name: 'Atelier' } },
      products: told.products.map(({ id, price }) => ({ id, price, maker: written })),
    })
  })

  test('are written anew for each request', () => {
    const writer = compile('{ products { maker { founded } } }')
    const other = { founded: 1854 }
    const told = { products: [{ maker: other }, { maker: other }] }
    expect(writer(told, {}).json).toBe('{"products":[{"maker":{"founded":1854}},{"maker":{"founded":1854}}]}')
    other.founded = 1855
    expect(writer(told, {}).json).toBe('{"products":[{"maker":{"founded":1855}},{"maker":{"founded":1855}}]}')
  })

  test('are right also where none repeat and looking is given up', () => {
    const writer = compile('{ products { id maker { name country } price { minorUnits currency } } }')
    for (const round of ['a', 'b', 'c']) {
      const told = {
        products: Array.from({ length: 300 }, (_, index) => ({
          id: `${round}${index}`,
          maker: { name: round, country: String(index) },
          price: { minorUnits: index, currency: 'EUR' },
        })),
      }
      expect(JSON.parse(writer(told, {}).json)).toEqual(told)
    }
  })
})

describe('what is not compiled', () => {
  test.each([
    '{ __schema { queryType { name } } }',
    '{ product { id } ... { t: __type(name: "Product") { name } } }',
    'subscription { product { id } }',
  ])('%s', (text) => {
    expect(() => compile(text)).toThrow(CannotCompile)
  })

  test('an operation of too many shapes is written without generated code, and right', () => {
    // Each level doubles the shapes: a field of two types, each with selections of its own.
    const deep = buildSchema(
      'type Query { n: N } interface N { n: N v: Int } type A implements N { n: N v: Int } type B implements N { n: N v: Int }',
    )
    const nest = (depth: number): string =>
      depth === 0 ? 'v' : `n { __typename ... on A { ${nest(depth - 1)} } ... on B { ${nest(depth - 1)} } }`
    const document = parse(`{ ${nest(11)} }`)
    const operation = operationIn(document)
    const selections = { schema: deep, fragments: readFragments(document) }
    const root = { selectionSet: operation.selectionSet, type: deep.getRootType(operation.operation) }
    if (!root.type) throw new Error('no root type')
    const source = responseSource({
      schema: deep,
      fieldsOf: createFieldReader(selections, {}),
      root: { selectionSet: operation.selectionSet, type: root.type },
      entityKeys: null,
    })
    expect(source).toBeNull()
    const writer = compileResponseWriter({ schema: deep, document, operation })
    expect(writer({ n: { __typename: 'A', n: { __typename: 'B', n: null, v: 1 } } }, {}).json).toBe(
      '{"n":{"__typename":"A","n":{"__typename":"B","n":null}}}',
    )
  })
})
