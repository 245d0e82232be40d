import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { graphql, GraphQLError, type GraphQLFormattedError, parse } from 'graphql'
import { beforeEach, expect, test } from 'vitest'
import type { OperationScope } from '../graphql/operation-scope.ts'
import type { SubgraphAnswer, SubgraphClient } from '../subgraphs/subgraph-client.ts'
import { CannotCompile } from './cannot-compile.ts'
import { createOperationCompiler } from './compile-operation.ts'

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@shareable", "@provides", "@interfaceObject", "@inaccessible"])\n'

const people = ['Ada', 'Bo', 'Cy']

const subgraphs: Record<string, { sdl: string; resolvers: Record<string, unknown> }> = {
  catalog: {
    sdl: `
      type Query { products: [Product!]! product(id: ID!): Product media: [Media] }
      type Mutation { rename(id: ID!, name: String!): Product restock(id: ID!): Product }
      type Product @key(fields: "id") { id: ID! name: String size: Size @shareable weight: Int maker: Maker brokenName: String }
      type Size @shareable { width: Int }
      type Maker @key(fields: "country { code } number") { country: Country! number: Int! name: String }
      type Country @shareable { code: String! }
      interface Media @key(fields: "id") { id: ID! title: String }
      type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
      type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }
    `,
    resolvers: {
      Query: {
        products: () => ['1', '2', '3'].map(product),
        product: (_: unknown, { id }: { id: string }) => product(id),
        media: () => [
          { __typename: 'Book', id: 'b', title: 'Emma', pages: 474 },
          null,
          { __typename: 'Film', id: 'f', title: 'Alien', minutes: 117 },
        ],
      },
      Mutation: {
        rename: (_: unknown, { id, name }: { id: string; name: string }) => ({ ...product(id), name }),
        restock: (_: unknown, { id }: { id: string }) => product(id),
      },
      Product: {
        __resolveReference: ({ id }: { id: string }) => product(id),
        brokenName: () => {
          throw new GraphQLError('No name today.', { extensions: { code: 'NAMELESS' } })
        },
      },
    },
  },
  reviews: {
    sdl: `
      type Query { latest: [Review!]! }
      type Product @key(fields: "id") { id: ID! reviews: [Review!]! }
      type Review { id: ID! text(short: Boolean): String author: User product: Product }
      type User @key(fields: "id") { id: ID! reviewed: [Product!]! }
      type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int }
    `,
    resolvers: {
      Query: { latest: () => ['1', '2', '3', '4'].map(review) },
      Product: {
        reviews: ({ id }: { id: string }) => (id === '3' ? [] : ['1', '2', '3'].map(review)),
      },
      Review: {
        text: (_: unknown, { short }: { short?: boolean }) => (short ? 'Good' : 'Good "indeed"'),
        author: ({ id }: { id: string }) => ({ id: String(Number(id) % 2) }),
        product: ({ id }: { id: string }) => ({ id: String((Number(id) % 3) + 1) }),
      },
      User: { reviewed: () => [{ id: '1' }, { id: '2' }] },
      Media: { stars: ({ id }: { id: string }) => id.charCodeAt(0) - 95 },
    },
  },
  users: {
    sdl: 'type User @key(fields: "id") { id: ID! name: String moody: String nick: String! }',
    resolvers: {
      User: {
        __resolveReference: ({ id }: { id: string }) => ({ id, name: people[Number(id)] }),
        moody: ({ id }: { id: string }) => {
          if (id === '1')
            throw new GraphQLError('Not today.', { extensions: { code: 'MOODY', reason: 'RAIN' } })
          return 'fine'
        },
        nick: ({ id }: { id: string }) => (id === '1' ? null : 'nick'),
      },
    },
  },
  freight: {
    sdl: `
      type Product @key(fields: "id") { id: ID! weight: Int @external size: Size @shareable postage: Int @requires(fields: "weight") }
      type Size @shareable { width: Int height: Int }
      type Maker @key(fields: "country { code } number") { country: Country! number: Int! distance: Int }
      type Country @shareable { code: String! }
    `,
    resolvers: {
      Product: {
        size: ({ id }: { id: string }) => ({ width: Number(id), height: Number(id) * 10 }),
        postage: ({ weight }: { weight: number }) => weight * 2,
      },
      Maker: {
        distance: ({ country, number }: { country: { code: string }; number: number }) =>
          country.code.length * 100 + number,
      },
    },
  },
}

function product(id: string) {
  return {
    id,
    name: `Product "${id}"`,
    size: { width: Number(id) },
    weight: id === '2' ? null : Number(id),
    maker: { country: { code: 'FR' }, number: Number(id) % 2, name: `Maker ${Number(id) % 2}` },
  }
}

function review(id: string) {
  return { id }
}

interface Asked {
  subgraph: string
  query: string
  variables: Record<string, unknown> & { representations?: unknown[] }
  operationName?: string
  isMutation: boolean
}

const asked: Asked[] = []
/** Answers instead of the subgraph. */
const instead = new Map<string, (asked: Asked) => Promise<SubgraphAnswer>>()

beforeEach(() => {
  asked.length = 0
  instead.clear()
})

const clients = Object.entries(subgraphs).map(([name, { sdl, resolvers }]): SubgraphClient => {
  const modules = { typeDefs: parse(link + sdl), resolvers }
  const schema = buildSubgraphSchema(modules as Parameters<typeof buildSubgraphSchema>[0])
  return {
    name,
    isReady: () => Promise.resolve(true),
    ask: async ({ body, isMutation }) => {
      const request = { subgraph: name, isMutation, ...(JSON.parse(body) as object) } as Asked
      asked.push(request)
      const answer =
        (await instead.get(name)?.(request)) ??
        (await graphql({
          schema,
          source: request.query,
          variableValues: request.variables,
          operationName: request.operationName ?? null,
        }))
      return JSON.parse(JSON.stringify(answer)) as SubgraphAnswer
    },
  }
})

const { supergraphSdl } = composeServices(
  Object.entries(subgraphs).map(([name, { sdl }]) => ({
    name,
    url: 'http://127.0.0.1:1',
    typeDefs: parse(link + sdl),
  })),
)
const formatted = (error: GraphQLFormattedError) => error
const compiler = createOperationCompiler({ supergraph: supergraphSdl ?? '', clients, formatError: formatted })

const scope: OperationScope = {
  requestId: 'r',
  accessToken: null,
  clientIp: null,
  traceparent: null,
  deadlineMs: 0,
  signal: new AbortController().signal,
} as OperationScope

interface Response {
  data?: Record<string, unknown> | null
  errors?: GraphQLFormattedError[]
  extensions?: Record<string, unknown>
}

async function run(document: string, variables?: unknown, hasTags = false) {
  const compiled = compiler.compile(parse(document), { hasTags })
  const { status, body, hasErrors, tags } = await compiled.execute(variables, scope)
  const response = JSON.parse(body) as Response
  expect(hasErrors).toBe(response.errors !== undefined)
  return { ...response, status, tags }
}

const down = () =>
  Promise.reject(
    new GraphQLError('Away.', { extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'users' } }),
  )

test('joins what several subgraphs know of the same objects', async () => {
  const { data, errors } = await run(
    '{ products { name size { width height } postage reviews { text author { name } } } }',
  )
  expect(errors).toBeUndefined()
  expect(data?.products).toMatchObject([
    { name: 'Product "1"', size: { width: 1, height: 10 }, postage: 2 },
    { postage: 0 },
    { reviews: [] },
  ])
  expect(data?.products).toHaveProperty('0.reviews.2', { text: 'Good "indeed"', author: { name: 'Bo' } })
})

test('asks for an entity once, wherever it is', async () => {
  await run('{ products { reviews { author { name } } } }')
  expect(asked.map(({ subgraph }) => subgraph)).toEqual(['catalog', 'reviews', 'users'])
  expect(asked[2]?.variables.representations).toEqual([
    { __typename: 'User', id: '1' },
    { __typename: 'User', id: '0' },
  ])
})

test('what is shared between places is complete in each', async () => {
  const { data, errors } = await run(
    '{ latest { id author { reviewed { name size { width height } reviews { product { size { height } name } } } } } }',
  )
  expect(errors).toBeUndefined()
  const latest = data?.latest as { id: string; author: unknown }[]
  expect(latest.map(({ author }) => author)).toEqual(Array(4).fill(latest[0]?.author))
  expect(latest[0]?.author).toMatchObject({
    reviewed: [
      { name: 'Product "1"', size: { width: 1, height: 10 } },
      {
        name: 'Product "2"',
        size: { width: 2, height: 20 },
        reviews: [{}, {}, { product: { name: 'Product "1"' } }],
      },
    ],
  })
})

test('knows nested and composite keys', async () => {
  const { data } = await run('{ products { maker { name distance } } }')
  expect(data?.products).toEqual([
    { maker: { name: 'Maker 1', distance: 201 } },
    { maker: { name: 'Maker 0', distance: 200 } },
    { maker: { name: 'Maker 1', distance: 201 } },
  ])
  expect(asked[1]?.variables.representations).toHaveLength(2)
})

test('completes interface objects, and keeps their types', async () => {
  const { data, errors } = await run(
    '{ media { __typename stars ... on Book { pages } ... on Film { minutes title } } }',
  )
  expect(errors).toBeUndefined()
  expect(data).toEqual({
    media: [
      { __typename: 'Book', stars: 3, pages: 474 },
      null,
      { __typename: 'Film', stars: 7, minutes: 117, title: 'Alien' },
    ],
  })
  expect(asked[1]?.variables.representations).toEqual([
    { __typename: 'Media', id: 'b' },
    { __typename: 'Media', id: 'f' },
  ])
})

test('sends each subgraph the variables it uses, as they came', async () => {
  const document = `query Page($id: ID!, $short: Boolean = true, $other: Boolean) {
    product(id: $id) { name reviews { text(short: $short) long: text(short: $other) } }
  }`
  const { data } = await run(document, { id: 1, unknown: 'x' })
  expect(asked.map(({ variables, operationName }) => [variables, operationName])).toEqual([
    [{ id: 1 }, 'Page__catalog__0'],
    [{ representations: [{ __typename: 'Product', id: '1' }] }, 'Page__reviews__1'],
  ])
  expect(data).toHaveProperty('product.reviews.0', { text: 'Good', long: 'Good "indeed"' })
  await run(document, { id: '1', short: null, other: false })
  expect(asked.at(-1)?.variables).toMatchObject({ short: null, other: false })
})

test.each([
  [{ id: '1', with: true, without: false }, 3],
  [{ id: '1', with: false, without: false }, 1],
  [{ id: '1', without: true }, 1],
])('does not ask for what %j leaves out', async (variables, count) => {
  const { data, errors } = await run(
    'query ($id: ID!, $with: Boolean! = true, $without: Boolean!) { product(id: $id) { name reviews @include(if: $with) @skip(if: $without) { author { name } } } }',
    variables,
  )
  expect(errors).toBeUndefined()
  expect(asked).toHaveLength(count)
  expect(data?.product).toHaveProperty('name')
})

test.each([
  ['Variable "$id" of required type "ID!" was not provided.', {}],
  ['Variable "$id" of non-null type "ID!" must not be null.', { id: null }],
  ['Variable "$id" got invalid value { a: 1 }; ID cannot represent value: { a: 1 }', { id: { a: 1 } }],
  ['The variables must be an object.', 'no'],
  ['Variable "$id" of required type "ID!" was not provided.', JSON.parse('{"__proto__": {"id": "1"}}')],
])('refuses bad variables without asking: %s', async (message, variables) => {
  const { status, errors, data } = await run('query ($id: ID!) { product(id: $id) { name } }', variables)
  expect([status, data]).toEqual([400, undefined])
  expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }])
  expect(asked).toEqual([])
})

test('mutations run one after the other, each followed by what it needs', async () => {
  const { data } = await run(
    'mutation { a: rename(id: 1, name: "x") { name reviews { id } } restock(id: 2) { id } b: rename(id: 3, name: "y") { name } }',
  )
  expect(Object.keys(data ?? {})).toEqual(['a', 'restock', 'b'])
  expect(asked.map(({ subgraph, isMutation }) => `${subgraph}${isMutation ? '!' : ''}`)).toEqual([
    'catalog!',
    'reviews',
  ])
})

test('an error is told at every place of its entity, with its code', async () => {
  const { data, errors } = await run('{ latest { author { moody } } }')
  expect(data?.latest).toMatchObject([
    { author: { moody: null } },
    { author: { moody: 'fine' } },
    { author: { moody: null } },
    { author: { moody: 'fine' } },
  ])
  expect(errors).toEqual(
    [0, 2].map((index) => ({
      message: 'Not today.',
      path: ['latest', index, 'author', 'moody'],
      extensions: { code: 'MOODY', reason: 'RAIN', serviceName: 'users' },
    })),
  )
})

test('errors come in the order of the plan, whoever answers first', async () => {
  let release: () => void = () => undefined
  const isReleased = new Promise<void>((resolve) => {
    release = resolve
  })
  instead.set('reviews', async () => {
    await isReleased
    return { data: null, errors: [{ message: 'late', path: ['latest'] }] }
  })
  const running = run('{ latest { id } products { brokenName } }')
  await expect.poll(() => asked.length).toBe(2)
  release()
  const first = (await running).errors?.map(({ message }) => message)
  const again = await run('{ latest { id } products { brokenName } }')
  expect(again.errors?.map(({ message }) => message)).toEqual(first)
  expect(new Set(first)).toEqual(new Set(['late', 'No name today.']))
})

test('a subgraph that is away costs its own fields and one error', async () => {
  instead.set('users', down)
  const { data, errors } = await run(
    '{ latest { author { id name } } products { reviews { id author { name } } } }',
  )
  expect(data).toHaveProperty('latest.0.author', { id: '1', name: null })
  expect(data).toHaveProperty('products.0.reviews.0', { id: '1', author: { name: null } })
  expect(errors).toEqual([
    { message: 'Away.', extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'users' } },
  ])
})

test('where the root cannot be asked, nothing depends on it', async () => {
  instead.set('reviews', down)
  const { data, errors } = await run('{ media { title } latest { author { name } } }')
  expect(data).toBeNull()
  expect(errors).toHaveLength(1)
  expect(asked.map(({ subgraph }) => subgraph).toSorted()).toEqual(['catalog', 'reviews'])
})

test('a null that the gateway makes bubbles, and is told beside the data', async () => {
  const { data, extensions, errors } = await run('{ product(id: 1) { reviews { id author { nick } } } }')
  expect(data).toEqual({ product: { reviews: expect.any(Array) as unknown } })
  expect([data === null, errors !== undefined || extensions !== undefined]).toEqual([false, true])
})

test.each([
  ['no entities', { data: {} }],
  ['too few', { data: { _entities: [] } }],
  ['no data', {}],
])('an answer with %s is an error, not silence', async (_, answer: SubgraphAnswer) => {
  instead.set('users', () => Promise.resolve(answer))
  const { data, errors } = await run('{ latest { author { name } } }')
  expect(data).toHaveProperty('latest.0.author', { name: null })
  expect(errors).toMatchObject([{ path: ['latest'], extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' } }])
})

test('an object without its key is an error at its place', async () => {
  instead.set('reviews', () =>
    Promise.resolve({
      data: { latest: [{ author: { __typename: 'User', id: '1' } }, { author: { __typename: 'User' } }] },
    }),
  )
  const { data, errors } = await run('{ latest { author { name } } }')
  expect(data).toEqual({ latest: [{ author: { name: 'Bo' } }, { author: { name: null } }] })
  expect(errors).toMatchObject([{ path: ['latest', 1, 'author'] }])
})

test('an entity that its subgraph does not know is null, without an error', async () => {
  instead.set('users', () => Promise.resolve({ data: { _entities: [null, { name: 'Ada' }] } }))
  const { data, errors } = await run('{ latest { author { name } } }')
  expect(data).toHaveProperty('latest.0', { author: { name: null } })
  expect(data).toHaveProperty('latest.1', { author: { name: 'Ada' } })
  expect(errors).toBeUndefined()
})

test('a subgraph cannot reach a prototype', async () => {
  instead.set('users', () =>
    Promise.resolve(
      JSON.parse('{"data":{"_entities":[{"__proto__":{"name":"x"}},{"name":"Ada"}]}}') as SubgraphAnswer,
    ),
  )
  const { data } = await run('{ latest { author { name } } }')
  expect(data).toHaveProperty('latest.0', { author: { name: null } })
  expect({}).not.toHaveProperty('name')
})

test('tags name every entity, and the client sees only what it asked for', async () => {
  const { data, tags } = await run(
    '{ products { name reviews { author { name } } } media { title } }',
    {},
    true,
  )
  expect([...(tags ?? [])].toSorted()).toEqual([
    'Book:b',
    'Film:f',
    'Product:1',
    'Product:2',
    'Product:3',
    'User:0',
    'User:1',
  ])
  expect(data).toHaveProperty('products.0', {
    name: 'Product "1"',
    reviews: [{ author: { name: 'Bo' } }, { author: { name: 'Ada' } }, { author: { name: 'Bo' } }],
  })
  expect(data).toHaveProperty('media.0', { title: 'Emma' })
})

test('says what it does not do, and what is not valid', () => {
  const compile = (document: string) => () => compiler.compile(parse(document), { hasTags: false })
  expect(compile('{ __schema { types { name } } }')).toThrow(CannotCompile)
  expect(compile('{ nothing }')).toThrow(GraphQLError)
  expect(compile('query A { latest { id } } query B { latest { id } }')).toThrow('operationName')
})

test('a graph with a subgraph nobody can ask is refused', () => {
  const build = () =>
    createOperationCompiler({ supergraph: supergraphSdl ?? '', clients: [], formatError: formatted })
  expect(build).toThrow('Nobody said where the subgraph')
})
