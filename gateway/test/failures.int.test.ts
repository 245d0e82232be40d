import { expect, test } from 'vitest'
import { freight, goods } from './bags.ts'
import { startTestGateway } from './test-gateway.ts'

test('a subgraph that is down costs only its own fields', async () => {
  const gateway = await startTestGateway({ subgraphs: [goods, freight] })
  await gateway.stopSubgraph('freight')
  const { status, data, errors } = await gateway.query('{ bags { name postage } }')
  expect(status).toBe(200)
  expect(data).toEqual({
    bags: [
      { name: 'Tote', postage: null },
      { name: 'Clutch', postage: null },
    ],
  })
  expect(errors).toEqual([
    {
      message: 'A part of the house does not answer right now.',
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'freight', reason: 'UNREACHABLE' },
    },
  ])
  const ready = await fetch(`${gateway.url}/ready`)
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: 'waiting for subgraphs', away: ['freight'] },
  ])
  expect((await fetch(`${gateway.url}/live`)).status).toBe(200)
  await gateway.close()
})

test('a subgraph that goes on failing is not waited for: the rest comes at once, until it is back', async () => {
  let isDown = true
  const gateway = await startTestGateway({
    subgraphs: [goods, freight],
    intercept: (request, _, subgraph) => {
      if (isDown && subgraph === 'freight') request.socket.destroy()
    },
  })
  const stock = () => gateway.query('{ bags { name stock } }')
  // One after the other: equal questions at once would be one.
  for (let asked = 0; asked < 30; asked++) await stock()
  const { data, errors } = await stock()
  expect(errors?.[0]?.extensions).toEqual({
    code: 'SUBGRAPH_UNAVAILABLE',
    subgraph: 'freight',
    reason: 'CIRCUIT_OPEN',
  })
  expect(data?.bags).toEqual([
    { name: 'Tote', stock: null },
    { name: 'Clutch', stock: null },
  ])
  isDown = false
  await expect.poll(async () => (await stock()).errors, { timeout: 10_000 }).toBeUndefined()
  await gateway.close()
})

test('an operation ends at its time limit, with what had come until then', async () => {
  const gateway = await startTestGateway({
    subgraphs: [goods, freight],
    env: { OPERATION_TIMEOUT_MS: '200' },
  })
  const { status, data, errors } = await gateway.query('{ slow rates }')
  expect(status).toBe(200)
  expect(data).toEqual({ slow: null, rates: [5, 9] })
  expect(errors?.[0]?.extensions).toEqual({
    code: 'SUBGRAPH_UNAVAILABLE',
    subgraph: 'goods',
    reason: 'TIMEOUT',
  })
  await gateway.close()
})

test('a connection the subgraph closed meanwhile costs a query nothing', async () => {
  let drops = 1
  const gateway = await startTestGateway({
    subgraphs: [
      {
        name: 'goods',
        sdl: 'type Query { one: Int } type Mutation { two: Int }',
        resolvers: { Query: { one: () => 1 }, Mutation: { two: () => 2 } },
      },
    ],
    intercept: (request) => {
      if (request.url !== '/graphql' || drops >= 2) return
      drops += 1
      request.socket.destroy()
    },
  })
  expect((await gateway.query('{ one }')).data).toEqual({ one: 1 })
  drops = 0
  expect((await gateway.query('{ one }')).data).toEqual({ one: null })
  drops = 1
  // It may have run: only the client knows whether it may be sent again.
  expect((await gateway.query('mutation { two }')).errors?.[0]?.extensions?.code).toBe('SUBGRAPH_UNAVAILABLE')
  await gateway.close()
})

test('what a subgraph answers without being asked for GraphQL is not shown', async () => {
  const gateway = await startTestGateway({
    subgraphs: [goods],
    intercept: (request, response) => {
      if (request.url === '/graphql') response.end('<html>Internal proxy at 10.0.0.7</html>')
    },
  })
  const answer = await gateway.query('{ bags { name } }')
  expect(answer.errors?.[0]?.extensions?.code).toBe('SUBGRAPH_UNAVAILABLE')
  expect(JSON.stringify(answer)).not.toContain('10.0.0.7')
  await gateway.close()
})

test('stopping lets the operation under way finish and takes no new one', async () => {
  let finish: (value: string) => void = () => undefined
  let started: () => void = () => undefined
  const isAsked = new Promise<void>((resolve) => {
    started = resolve
  })
  const gateway = await startTestGateway({
    subgraphs: [
      {
        name: 'goods',
        sdl: 'type Query { slow: String }',
        resolvers: {
          Query: {
            slow: () => {
              started()
              return new Promise<string>((resolve) => {
                finish = resolve
              })
            },
          },
        },
      },
    ],
  })
  const underWay = gateway.query('{ slow }')
  await isAsked
  const closing = gateway.close()
  await expect(fetch(`${gateway.url}/live`)).rejects.toThrow()
  finish('done')
  expect((await underWay).data).toEqual({ slow: 'done' })
  const answeredAt = performance.now()
  await closing
  // Not the four seconds that something hanging would get.
  expect(performance.now() - answeredAt).toBeLessThan(3_000)
})
