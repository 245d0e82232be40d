// What a client gets when a subgraph fails, or does not answer what it was asked.
import { beforeEach, expect, test } from 'vitest'
import type { SubgraphAnswer } from '../subgraphs/subgraph-client.ts'
import { asked, down, forget, instead, run } from './test/shop-graph.ts'

beforeEach(forget)

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
  instead.set('users', () => Promise.resolve({ data: { _entities: [null, { nick: 'A' }] } }))
  const { data, extensions, errors } = await run('{ latest { id author { nick } } }')
  expect(errors).toBeUndefined()
  expect(data?.latest).toMatchObject([{ author: null }, { author: { nick: 'A' } }, {}, {}])
  expect(extensions?.valueCompletion).toContainEqual({
    message: 'Cannot return null for non-nullable field User.nick.',
    path: ['latest', 0, 'author', 'nick'],
    extensions: { code: 'INVALID_GRAPHQL' },
  })
})

test('an error without a place that means something is told where its fetch belongs', async () => {
  const told = [
    { message: 'Where?', path: ['nowhere', 99], extensions: { code: 'BUSY' } },
    { message: 'What?' },
    { message: 'Who?', path: ['_entities', 7, 'name'] },
  ]
  instead.set('users', () => Promise.resolve({ data: { _entities: [null, null] }, errors: told }))
  const { errors } = await run('{ latest { author { name } } }')
  expect(errors?.map(({ message, path, extensions }) => [message, path, extensions?.code])).toEqual([
    ['Where?', ['latest'], 'BUSY'],
    ['What?', undefined, 'DOWNSTREAM_SERVICE_ERROR'],
    ['Who?', ['latest'], 'DOWNSTREAM_SERVICE_ERROR'],
  ])
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

test('a subgraph that knows an interface as an object does not change what things are', async () => {
  const told = ['b', 'f'].map((id) => ({ __typename: 'Media', id, stars: 5 }))
  instead.set('reviews', () => Promise.resolve({ data: { _entities: told } }))
  const { data } = await run('{ media { __typename stars ... on Book { pages } } }')
  expect(data?.media).toEqual([
    { __typename: 'Book', stars: 5, pages: 474 },
    null,
    { __typename: 'Film', stars: 5 },
  ])
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
