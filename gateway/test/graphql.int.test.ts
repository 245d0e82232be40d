import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freight, goods } from './bags.ts'
import { startTestGateway } from './test-gateway.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const registered = '{ bag(id: "1") { name stock } }'

let gateway: Awaited<ReturnType<typeof startTestGateway>>

beforeAll(async () => {
  gateway = await startTestGateway({
    subgraphs: [goods, freight],
    registeredDocuments: new Map([[sha256(registered), registered]]),
  })
})
afterAll(() => gateway.close())

test('nobody outside is told that it runs', () => {
  expect(process.env.APOLLO_TELEMETRY_DISABLED).toBe('true')
})

test('joins what two subgraphs know', async () => {
  const { status, data, headers } = await gateway.query('{ bags { name postage stock } }')
  expect(status).toBe(200)
  expect(data).toEqual({
    bags: [
      { name: 'Tote', postage: 9, stock: 3 },
      { name: 'Clutch', postage: 5, stock: 0 },
    ],
  })
  expect(headers.get('cache-control')).toBe('private, no-store')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('a subgraph gets a signed request with deadline and request id, and no header of the client', async () => {
  gateway.calls.length = 0
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  const sent = {
    traceparent,
    'x-client-ip': '6.6.6.6',
    'x-forwarded-for': '6.6.6.6',
    'x-role': 'ADMIN',
    cookie: 'a=b',
  }
  const { headers } = await gateway.query('{ bags { name } }', {}, sent)
  const [call] = gateway.calls
  expect(call?.isGenuine).toBe(true)
  expect(call?.headers['x-request-id']).toBe(headers.get('x-request-id'))
  expect(call?.headers.traceparent).toBe(traceparent)
  expect(call?.headers['x-client-ip']).toMatch(/127\.0\.0\.1$/)
  expect(Number(call?.headers['x-deadline']) - Date.now()).toBeGreaterThan(5_000)
  expect(call?.headers).not.toHaveProperty('x-role')
  expect(call?.headers).not.toHaveProperty('cookie')
})

test('what fails inside is masked, and the rest of the data comes', async () => {
  const { status, data, errors } = await gateway.query('{ broken bags { name } }')
  expect(status).toBe(200)
  expect(data).toMatchObject({ broken: null, bags: [{ name: 'Tote' }, { name: 'Clutch' }] })
  expect(errors).toEqual([
    {
      message: 'Something went wrong on our side.',
      path: ['broken'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) as string },
    },
  ])
})

test('an alias cannot stand for a key, a required field or a prototype', async () => {
  for (const query of [
    '{ bags { weight: name postage } }',
    '{ bags { id: name stock } }',
    '{ bags { __proto__: name } }',
    '{ bags { __typename: name } }',
    '{ __proto__: bags { name } }',
    '{ ...F } fragment F on Query { bags { ... on Bag { id: name stock } } }',
  ]) {
    const { status, errors } = await gateway.query(query)
    expect([query, status, errors?.[0]?.extensions?.reason]).toEqual([query, 400, 'ALIAS_RESERVED'])
  }
  const { data } = await gateway.query('{ bags { id weight name: name title: name } }')
  expect(data?.bags).toHaveLength(2)
})

test.each([
  ['pageSize', '{ bags(first: 101) { name } }', {}],
  ['pageSize', 'query ($n: Int) { bags(first: $n) { name } }', { n: 101 }],
  ['pageSize', 'query ($n: Int = 1000) { bags(first: $n) { name } }', {}],
  ['aliases', `{ ${Array.from({ length: 31 }, (_, i) => `a${String(i)}: __typename`).join(' ')} }`, {}],
  ['rootFields', `{ ${'__typename '.repeat(21)} }`, {}],
  ['rootMutations', `mutation { ${'rename(id: 1, name: "x") { id } '.repeat(4)} }`, {}],
  ['directives', `{ __typename ${'@include(if: true) '.repeat(41)} }`, {}],
  ['depth', `${'{ bags '.repeat(17)} { name } ${'}'.repeat(17)}`, {}],
  ['tokens', `{ ${'a '.repeat(2_000)} }`, {}],
  ['fields', `{ bags { ${'name '.repeat(501)} } }`, {}],
  [
    'fields',
    '{ bags { ...A } } fragment A on Bag { ...B ...B ...B ...B ...B ...B ...B ...B } fragment B on Bag { ...C ...C ...C ...C ...C ...C ...C ...C } fragment C on Bag { id name weight id name weight id name weight }',
    {},
  ],
])('refuses an operation over the limit of %s', async (limit, query, variables) => {
  const { status, data, errors } = await gateway.query(query, variables)
  expect(status).toBe(400)
  expect(data).toBeUndefined()
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_LARGE', limit })
})

test('a registered document has an address; any other hash has none', async () => {
  const found = await fetch(`${gateway.url}/graphql/${sha256(registered)}?variables=%7B%7D`)
  expect(await found.json()).toMatchObject({ data: { bag: { name: 'Tote', stock: 3 } } })
  const missing = await fetch(`${gateway.url}/graphql/${sha256('{ bags { id } }')}`)
  expect(missing.status).toBe(404)
})

test('a document sent once with its hash is found by the hash alone', async () => {
  const query = '{ rates }'
  const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } }
  const unknown = await gateway.post({ extensions })
  expect(unknown.errors?.[0]).toMatchObject({
    message: 'PersistedQueryNotFound',
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
  })
  expect((await gateway.post({ query, extensions })).data).toEqual({ rates: [5, 9] })
  expect((await gateway.post({ extensions })).data).toEqual({ rates: [5, 9] })
})

test('a mutation never runs by GET, and a plain GET needs a header that forms cannot send', async () => {
  const mutation = encodeURIComponent('mutation { rename(id: "1", name: "x") { id } }')
  const url = `${gateway.url}/graphql?query=`
  expect((await fetch(url + mutation)).status).toBe(400)
  expect((await fetch(url + mutation, { headers: { 'apollo-require-preflight': '1' } })).status).toBe(405)
  expect((await fetch(`${url}%7B__typename%7D`)).status).toBe(400)
  const allowed = await fetch(`${url}%7B__typename%7D`, { headers: { 'apollo-require-preflight': '1' } })
  expect(await allowed.json()).toMatchObject({ data: { __typename: 'Query' } })
  const odd = await fetch(`${url}%7B__typename%7D`, { headers: { 'content-type': 'message/http' } })
  expect(odd.status).toBe(415)
})

test('bad variables are the client’s fault, and nothing of the schema is told', async () => {
  const wrong = await gateway.query('query ($n: Int) { bags(first: $n) { name } }', { n: 'many' })
  expect(wrong.status).toBe(400)
  expect(wrong.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
  const guess = await gateway.query('{ bagz { name } }')
  expect(guess.status).toBe(400)
  expect(JSON.stringify(guess.errors)).not.toContain('Did you mean')
  const deep = `{"query":"query($s:String!){search(q:$s)}","variables":{"s":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`
  expect((await gateway.post(deep)).status).toBe(400)
  const proto = '{"query":"query($s:String!){search(q:$s)}","variables":{"__proto__":{"s":"x"}}}'
  expect((await gateway.post(proto)).status).toBe(400)
})

test('a token that is not one of ours is refused before anything is asked', async () => {
  gateway.calls.length = 0
  const { status, errors } = await gateway.query('{ bags { name } }', {}, { authorization: 'Bearer forged' })
  expect(status).toBe(401)
  expect(errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'INVALID' })
  expect(gateway.calls).toHaveLength(0)
})

test('the log has a line per request, without query or address', async () => {
  gateway.logged.length = 0
  await fetch(`${gateway.url}/graphql?query=query+Named%7Bbags%7Bname%7D%7D&secret=hunter2`, {
    headers: { 'apollo-require-preflight': '1' },
  })
  await expect.poll(() => gateway.logged.length).toBeGreaterThan(0)
  const line = JSON.parse(gateway.logged.at(-1) ?? '') as Record<string, unknown>
  expect(line).toMatchObject({ method: 'GET', path: '/graphql', status: 200, operation: 'Named' })
  expect(gateway.logged.join('')).not.toMatch(/hunter2|127\.0\.0\.1/)
})
