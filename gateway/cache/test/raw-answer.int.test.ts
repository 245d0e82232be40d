// The raw answer behind a real node:http server, asked over a real socket.
import { request as send, type IncomingHttpHeaders } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listen } from '#platform/server/http-server.ts'
import { createEntry } from '../cache-entry.ts'
import { createMemoryTier } from '../memory-tier.ts'
import { createRawAnswer } from '../raw-answer.ts'

const memory = createMemoryTier({ maxBytes: 10_000_000 })
const raw = createRawAnswer({ memory })
let server: Awaited<ReturnType<typeof listen>>

const small = '{"data":{"name":"Étui 袋"}}'
const page = JSON.stringify({
  data: { products: Array.from({ length: 40 }, (_, id) => ({ id, name: 'Sac à main' })) },
})
const large = JSON.stringify({ data: Array.from({ length: 4_000 }, (_, id) => ({ id, name: 'Sac à main' })) })

function keep(key: string, body: string): void {
  memory.put(
    createEntry({
      key,
      tags: ['Product:1', 'Product[]'],
      bornAtMs: performance.now(),
      maxAgeMs: 60_000,
      body: Buffer.from(body),
      baseHeaders: ['x-content-type-options', 'nosniff'],
    }),
    memory.begin(),
  )
}

beforeAll(async () => {
  server = await listen(
    (request, response) => {
      const entry = memory.find(request.url ?? '')
      if (raw.answer(request, response)) return
      if (request.method === 'POST' && entry) raw.send(request, response, entry)
      else response.writeHead(418).end('not from memory')
    },
    { port: 0 },
  )
  keep('/graphql/small?variables=%7B%7D', small)
  keep('/graphql/page', page)
  keep('/graphql/large', large)
})
afterAll(async () => {
  await server.stop(0)
  memory.close()
})

function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    send(new URL(path, server.url), { method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) })
      })
    })
      .on('error', reject)
      .end()
  })
}

describe.each([
  ['small', '/graphql/small?variables=%7B%7D', small],
  ['a page', '/graphql/page', page],
  ['large', '/graphql/large', large],
])('an answer that is %s', (_, path, body) => {
  test('comes with its bytes, and with what browsers and edges need', async () => {
    const answer = await get(path)
    expect(answer.status).toBe(200)
    expect(answer.body.toString()).toBe(body)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': 'public, max-age=0, s-maxage=1, must-revalidate',
      vary: 'accept-encoding',
      'surrogate-key': 'Product:1 Product[]',
      'x-content-type-options': 'nosniff',
    })
  })

  test('is not sent again to who has it', async () => {
    const { etag = '' } = (await get(path)).headers
    expect(etag).toMatch(/^"[^"]+"$/)
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get(path, { 'if-none-match': known })
      expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag])
    }
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200)
  })

  test('is only announced to HEAD', async () => {
    const answer = await get(path, {}, 'HEAD')
    expect([answer.status, answer.body.length]).toEqual([200, 0])
    expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(body)))
  })
})

test.each([
  ['br', 'gzip, br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
] as const)(
  'it comes as %s to who accepts that, once it is made, with an ETag of its own',
  async (encoding, accepted, decode) => {
    for (const [path, body] of [
      ['/graphql/page', page],
      ['/graphql/large', large],
    ] as const) {
      const headers = { 'accept-encoding': accepted }
      await expect.poll(async () => (await get(path, headers)).headers['content-encoding']).toBe(encoding)
      const answer = await get(path, headers)
      expect(decode(answer.body).toString()).toBe(body)
      expect(answer.headers['content-length']).toBe(String(answer.body.length))
      expect(answer.headers.etag).not.toBe((await get(path)).headers.etag)
      const again = await get(path, { ...headers, 'if-none-match': answer.headers.etag ?? '' })
      expect([again.status, again.headers.etag]).toEqual([304, answer.headers.etag])
    }
  },
)

test('a small answer is not compressed', async () => {
  const headers = { 'accept-encoding': 'br' }
  for (let asked = 0; asked < 5; asked += 1) {
    expect(
      (await get('/graphql/small?variables=%7B%7D', headers)).headers['content-encoding'],
    ).toBeUndefined()
  }
})

test.each([
  ['another address', '/graphql/other', {}, 'GET'],
  ['another query string', '/graphql/page?x=1', {}, 'GET'],
  ['POST', '/graphql/other', {}, 'POST'],
  ['who does not take JSON', '/graphql/page', { accept: 'application/graphql-response+json' }, 'GET'],
])('it leaves %s to others', async (_, path, headers, method) => {
  const before = raw.hits
  expect((await get(path, headers, method)).status).toBe(418)
  expect(raw.hits).toBe(before)
})

test('POST is sent what was found another way, whole', async () => {
  const before = raw.hits
  const answer = await get('/graphql/page', { 'if-none-match': '*' }, 'POST')
  expect([answer.status, answer.body.toString(), raw.hits]).toEqual([200, page, before])
})

test('what was purged is not answered any more', async () => {
  keep('/graphql/gone', small)
  expect((await get('/graphql/gone')).status).toBe(200)
  memory.purge(['Product[]'])
  expect((await get('/graphql/gone')).status).toBe(418)
})
