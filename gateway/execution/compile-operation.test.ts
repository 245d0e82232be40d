import { GraphQLError, parse } from 'graphql'
import { beforeEach, expect, test } from 'vitest'
import { CannotCompile } from './cannot-compile.ts'
import { createOperationCompiler } from './compile-operation.ts'
import { asked, compiler, forget, run, supergraph } from './test/shop-graph.ts'

beforeEach(forget)

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

test('mutations run in the order they are written in, whoever owns them', async () => {
  const { data } = await run(`
    mutation ($yes: Boolean! = true) {
      a: rename(id: 1, name: "x") { name label }
      ...Rest
      ... on Mutation @include(if: $yes) { b: rename(id: 3, name: "y") { name } }
      c: rename(id: 3, name: "z") { name }
      ...Rest
    }
    fragment Rest on Mutation { restock(id: 2) { id } review(product: 1) { id } }
  `)
  expect(Object.keys(data ?? {})).toEqual(['a', 'restock', 'review', 'b', 'c'])
  const mutations = asked.filter(({ isMutation }) => isMutation)
  expect(mutations.map(({ subgraph }) => subgraph)).toEqual(['catalog', 'reviews', 'catalog'])
  expect(mutations[2]?.query).toMatch(/b: ?rename.*c: ?rename/s)
  expect(mutations[0]?.query).toMatch(/rename.*restock/s)
  expect(asked.filter(({ isMutation }) => !isMutation).map(({ subgraph }) => subgraph)).toEqual(['freight'])
})

test('what only a skipped field requires does not keep others from coming', async () => {
  const document = 'query ($a: Boolean!) { product(id: 1) { postage @skip(if: $a) label } }'
  expect((await run(document, { a: true })).data).toEqual({ product: { label: 'Parcel 1' } })
  expect(asked.at(-1)?.variables.representations).toEqual([{ __typename: 'Product', id: '1' }])
  expect((await run(document, { a: false })).data).toEqual({ product: { postage: 2, label: 'Parcel 1' } })
  const never = await run('{ product(id: 1) { postage @include(if: false) label } }')
  expect(never.data).toEqual({ product: { label: 'Parcel 1' } })
})

test('an object of which nothing is asked is still there', async () => {
  const document =
    'query ($a: Boolean!) { product(id: 1) { name @skip(if: $a) } media { ... on Film { title } } }'
  const { data } = await run(document, { a: true })
  expect(data).toEqual({ product: {}, media: [{}, null, { title: 'Alien' }] })
})

test('fragments that cannot match inside one another are as if they were not there', async () => {
  const { data, errors } = await run(
    '{ media { ... on Paper { ... on Media { ... on Film { minutes } } pages } } }',
  )
  expect(errors).toBeUndefined()
  expect(data).toEqual({ media: [{ pages: 474 }, null, {}] })
})

test('only objects that were asked for their key are completed', async () => {
  const first = await run('{ media { ... on Paper { ... on Media { stars } } } }')
  expect([first.data, first.errors]).toEqual([{ media: [{ stars: 3 }, null, {}] }, undefined])
  const second = await run('{ media { title ... on Book { blurb } } }')
  expect(second.data).toEqual({ media: [{ title: 'Emma', blurb: 'Emma!' }, null, { title: 'Alien' }] })
  expect(asked.at(-1)?.variables.representations).toEqual([{ __typename: 'Media', id: 'b', title: 'Emma' }])
})

test('a field whose type differs by subgraph comes under its own name', async () => {
  const { data, errors } = await run('{ media { ... on Book { mark } ... on Film { mark } } }')
  expect(asked[0]?.query).toContain('mark__alias')
  expect([data, errors]).toEqual([{ media: [{ mark: 'B' }, null, { mark: 'F' }] }, undefined])
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
  const build = () => createOperationCompiler({ supergraph, clients: [], formatError: (error) => error })
  expect(build).toThrow('Nobody said where the subgraph')
})
