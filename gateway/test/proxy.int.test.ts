import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readBody } from '#platform/server/http-server.ts'
import { startTestGateway, type SmallSubgraph } from './test-gateway.ts'

function owner(name: string): SmallSubgraph {
  return {
    name,
    sdl: `type Query { ${name}: Int }`,
    resolvers: {},
    fallback: (request, response, body) => {
      response.writeHead(request.url === '/media/missing' ? 404 : 200, {
        'content-type': 'text/plain',
        'cache-control': 'public, max-age=60',
        connection: 'close',
        'x-owner': name,
      })
      response.end(`${String(body.length)} bytes`)
    },
  }
}

let gateway: Awaited<ReturnType<typeof startTestGateway>>
beforeAll(async () => {
  gateway = await startTestGateway({
    subgraphs: ['users', 'catalog', 'payments'].map(owner),
    web: {
      answer: async (request, response, url, { requestId }) => {
        const body = await readBody(request, 1_000)
        response.end(JSON.stringify({ page: url.pathname, requestId, sent: body.toString() }))
      },
    },
  })
})
afterAll(() => gateway.close())
beforeEach(() => {
  gateway.calls.length = 0
})

test.each([
  ['GET', '/media/p/1.webp?w=320', 'catalog'],
  ['POST', '/uploads/imports', 'catalog'],
  ['POST', '/webhooks/stripe', 'payments'],
  ['POST', '/sandbox/intents/pi_1/confirm', 'payments'],
  ['GET', '/sandbox/intents/pi_1/challenge', 'payments'],
  ['GET', '/dev/mailbox', 'users'],
  ['GET', '/dev/mailbox/7', 'users'],
  ['GET', '/.well-known/jwks.json', 'users'],
])('%s %s goes to %s, signed', async (method, path, subgraph) => {
  const response = await fetch(gateway.url + path, {
    method,
    ...(method === 'POST' && { body: 'raw \0 body' }),
  })
  expect(response.headers.get('x-owner')).toBe(subgraph)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const [call] = gateway.calls
  expect(call).toMatchObject({ path, method, isGenuine: true, body: method === 'POST' ? 'raw \0 body' : '' })
})

test('answers pass with their status and caching; HEAD has no body', async () => {
  const missing = await fetch(`${gateway.url}/media/missing`)
  expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'public, max-age=60'])
  const head = await fetch(`${gateway.url}/media/p/1.webp`, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('the signature of a provider and the headers of the client pass, but not what only the gateway may say', async () => {
  await fetch(`${gateway.url}/webhooks/stripe`, {
    method: 'POST',
    body: '{}',
    headers: {
      'stripe-signature': 't=1,v1=abc',
      cookie: 'maison_access=x',
      'x-client-ip': '6.6.6.6',
      'x-maison-signature': 'forged',
      'x-request-id': 'forged',
      authorization: 'Basic abc',
    },
  })
  const headers = gateway.calls[0]?.headers ?? {}
  expect(headers['stripe-signature']).toBe('t=1,v1=abc')
  expect(headers).not.toHaveProperty('cookie')
  expect(headers).not.toHaveProperty('authorization')
  expect(headers['x-client-ip']).toMatch(/127\.0\.0\.1$/)
  expect(headers['x-request-id']).not.toBe('forged')
  expect(gateway.calls[0]?.isGenuine).toBe(true)
})

test('the cookie counts only when our own pages ask', async () => {
  const upload = (headers: Record<string, string>) =>
    fetch(`${gateway.url}/uploads/imports`, {
      method: 'POST',
      body: 'sku',
      headers: { cookie: 'theme=x; maison_access=token-1', ...headers },
    })
  await upload({ 'sec-fetch-site': 'same-origin' })
  await upload({ 'sec-fetch-site': 'cross-site', origin: gateway.url })
  await upload({ 'sec-fetch-site': 'same-site' })
  await upload({ origin: 'https://evil.example' })
  await upload({ origin: 'null' })
  await upload({ origin: gateway.url })
  await upload({})
  const tokens = gateway.calls.map(({ headers }) => headers.authorization)
  const token = 'Bearer token-1'
  expect(tokens).toEqual([token, undefined, undefined, undefined, undefined, token, undefined])
})

test('bodies are limited, announced or not', async () => {
  const big = new Uint8Array(1_000_001)
  expect((await fetch(`${gateway.url}/webhooks/stripe`, { method: 'POST', body: big })).status).toBe(413)
  const chunked = await postInChunks(`${gateway.url}/sandbox/intents/x/confirm`, 100_001)
  expect(chunked).toBe(413)
  expect(await postInChunks(`${gateway.url}/uploads/imports`, 3_000_000)).toBe(200)
  expect(gateway.calls.map(({ body }) => body.length)).toEqual([3_000_000])
})

test.each(['/media/../graphql', '/media/%2e%2e/graphql', '/media/..%2fgraphql', '/media/a\\b'])(
  'a path that is not written plainly is refused: %s',
  async (path) => {
    // fetch() would tidy the path before sending it.
    expect(await rawStatus(path)).toBeGreaterThanOrEqual(400)
    expect(gateway.calls).toHaveLength(0)
  },
)

test('a method the path does not know is refused', async () => {
  const response = await fetch(`${gateway.url}/webhooks/stripe`, { method: 'DELETE' })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  expect((await fetch(`${gateway.url}/graphql`, { method: 'PUT', body: '{}' })).status).toBe(405)
})

test('everything else is a page', async () => {
  const response = await fetch(`${gateway.url}/en/FR?x=1`, { method: 'POST', body: 'a=1' })
  expect(await response.json()).toEqual({
    page: '/en/FR',
    requestId: response.headers.get('x-request-id'),
    sent: 'a=1',
  })
})

function postInChunks(url: string, size: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST' }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    request.on('error', reject)
    for (let sent = 0; sent < size; sent += 50_000) request.write(Buffer.alloc(Math.min(50_000, size - sent)))
    request.end()
  })
}

function rawStatus(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(gateway.url)
    httpRequest({ hostname, port, path }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}
