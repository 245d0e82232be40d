// What nobody outside may learn or reach, whatever they send.
import { createHash } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { freight, goods } from './bags.ts'
import { startTestGateway } from './test-gateway.ts'

const sdl = '{ _service { sdl } }'
const entities = '{ _entities(representations: [{ __typename: "Bag", id: "1" }]) { __typename } }'
const login = 'mutation Login($input: LoginInput!) { login(input: $input) }'
const search = 'query Search($q: String!) { search(q: $q) }'
const broken = '{ broken bags { name } }'
const registered = [sdl, entities, login, search, broken, '{ bags { name } }']

const modes = [
  { mode: 'any document', env: { INTROSPECTION: 'off' } },
  { mode: 'registered documents only', env: { SAFELIST: 'on' } },
]

describe.each(modes)('$mode', ({ env }) => {
  const starting = startTestGateway({
    subgraphs: [goods, freight],
    env,
    registeredDocuments: new Map(
      registered.map((text) => [createHash('sha256').update(text).digest('hex'), text]),
    ),
  })
  let gateway: Awaited<typeof starting>
  beforeEach(async () => {
    gateway = await starting
    gateway.calls.length = 0
  })
  afterAll(async () => {
    await (await starting).close()
  })

  test.each([
    ['a field', '{ bagz { name } }'],
    ['an argument', '{ bag(idd: "1") { name } }'],
    ['a type', '{ bag(id: "1") { ... on Bagg { name } } }'],
    ['a field of an input', 'mutation { login(input: { emial: "a", password: "b" }) }'],
    ['a mutation', 'mutation { renam(id: "1", name: "a") { id } }'],
    ['the schema', '{ __schema { types { name } } }'],
    ['a type of the schema', '{ __type(name: "Bag") { fields { name } } }'],
  ])('%s that is guessed at teaches nothing', async (_, query) => {
    const answer = await gateway.query(query)
    const text = JSON.stringify([answer.data, answer.errors])
    expect(answer.status).toBe(400)
    expect(answer.errors?.[0]?.extensions?.code).toBeTypeOf('string')
    expect(text).not.toMatch(/did you mean/i)
    expect(text).not.toMatch(/weight|postage|rename\b|"bags"/)
    expect(gateway.calls).toEqual([])
  })

  test('variables that are guessed at teach nothing', async () => {
    const answer = await gateway.query(login, { input: { emial: 'a', password: 'b' } })
    expect(answer.status).toBe(400)
    expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
    expect(JSON.stringify(answer.errors)).not.toMatch(/did you mean|email|LoginInput|password/i)
    expect(gateway.calls).toEqual([])
  })

  test('what breaks inside shows nothing of the inside', async () => {
    const { status, data, errors } = await gateway.query(broken)
    expect([status, data?.broken]).toEqual([200, null])
    expect(JSON.stringify(errors)).not.toMatch(
      /SELECT|node_modules|stack|at \/|serviceName|goods|127\.0\.0\.1/,
    )
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
  })

  test.each([
    ['_service', sdl],
    ['_entities', entities],
  ])('%s is out of reach, even for a document that was registered', async (_, query) => {
    const answer = await gateway.query(query)
    expect(answer.status).toBe(400)
    expect(answer.data ?? null).toBe(null)
    expect(gateway.calls).toEqual([])
  })

  test('names of prototypes are only names', async () => {
    const aliases = ['{ __proto__: bags { name } }', '{ constructor: bags { name } toString: __typename }']
    for (const query of aliases) expect((await gateway.query(query)).status).not.toBe(500)
    const polluting = `{"query":${JSON.stringify(search)},"variables":{"q":"a","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}},"extensions":{"__proto__":{"polluted":1}},"__proto__":{"operationName":"x"}}`
    expect(await gateway.post(polluting)).toMatchObject({ status: 200, data: { search: 'a' } })
    expect(({} as { polluted?: unknown }).polluted).toBe(undefined)
    for (const hash of ['__proto__', 'constructor', 'toString']) {
      const answer = await gateway.post({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } })
      expect(answer.status).toBe(400)
    }
  })

  test('another site cannot make a browser ask', async () => {
    const body = JSON.stringify({ query: '{ bags { name } }' })
    const asks: RequestInit[] = [
      { method: 'POST', body, headers: { 'content-type': 'text/plain' } },
      { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      { method: 'POST', body, headers: { 'content-type': 'multipart/form-data; boundary=a' } },
      { method: 'POST', body: new Blob([body]) },
      { method: 'POST', body, headers: { 'content-type': 'text/plain;application/json' } },
    ]
    for (const ask of asks) expect((await fetch(`${gateway.url}/graphql`, ask)).status).toBe(415)
    const get = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent('{ bags { name } }')}`)
    expect(get.status).toBe(400)
    expect(get.headers.get('access-control-allow-origin')).toBe(null)
    expect(gateway.calls).toEqual([])
  })

  test('of the headers of a client only those on the list reach a subgraph', async () => {
    const own = {
      'x-user-id': '1',
      'x-maison-caller': 'admin',
      'x-maison-signature': 'v1=00',
      'x-forwarded-for': '198.51.100.7',
      'x-forwarded-host': 'evil.example',
      'x-request-id': 'mine',
      'x-client-ip': '198.51.100.7',
      'x-deadline': '99999999999999',
      'apollo-federation-include-trace': 'ftv1',
      'apollographql-client-name': 'evil',
      'x-evil': 'client',
      cookie: 'maison_access=stolen',
      forwarded: 'for=198.51.100.7',
      tracestate: 'evil=1',
      baggage: 'evil=1',
      via: '1.1 evil',
    }
    const answer = await gateway.query('{ bags { name } }', {}, own)
    expect(answer.status).toBe(200)
    expect(gateway.calls).toHaveLength(1)
    const [call] = gateway.calls
    const received = Object.entries(call?.headers ?? {})
    expect(received.map(([name]) => name).filter((name) => !onTheList.has(name))).toEqual([])
    for (const [name, value] of Object.entries(own)) {
      expect(received).not.toContainEqual([name, value])
    }
    expect(call?.isGenuine).toBe(true)
  })
})

/** All that a subgraph is ever told by headers. */
const onTheList = new Set([
  ...['host', 'connection', 'content-type', 'content-length', 'accept', 'keep-alive'],
  ...['authorization', 'traceparent', 'x-client-ip', 'x-correlation-id', 'x-deadline', 'x-request-id'],
  ...['x-maison-time', 'x-maison-nonce', 'x-maison-signature'],
])
