// Passes plain HTTP on to the subgraph that owns the path: files, provider webhooks, keys. Bodies stay as they are,
// byte for byte, since a provider's signature is over them.
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Pool } from 'undici'
import type { Logger } from '#platform/log/logger.ts'
import { payloadTooLarge } from '#platform/errors/errors.ts'
import { type GatewaySigner, signedHeaders, streamedBody } from '#platform/server/gateway-signature.ts'
import { readBody } from '#platform/server/http-server.ts'
import type { Caller } from './caller.ts'
import { Refusal } from './refusal.ts'

interface ProxiedPath {
  /** Exact, or a prefix when it ends in `/`. */
  path: string
  subgraph: string
  methods: readonly string[]
  maxBytes: number
  /** The subgraph reads the body as it comes: it is too large to be held for signing. */
  isStreamed?: boolean
}

const proxiedPaths: readonly ProxiedPath[] = [
  { path: '/uploads/', subgraph: 'catalog', methods: ['POST'], maxBytes: 100_000_000, isStreamed: true },
  { path: '/media/', subgraph: 'catalog', methods: ['GET', 'HEAD'], maxBytes: 0 },
  { path: '/exports/', subgraph: 'orders', methods: ['GET'], maxBytes: 0 },
  { path: '/sandbox/', subgraph: 'payments', methods: ['GET', 'POST'], maxBytes: 100_000 },
  // Stripe's largest events are far below this.
  { path: '/webhooks/', subgraph: 'payments', methods: ['POST'], maxBytes: 1_000_000 },
  { path: '/dev/mailbox', subgraph: 'users', methods: ['GET'], maxBytes: 0 },
  { path: '/dev/mailbox/', subgraph: 'users', methods: ['GET'], maxBytes: 0 },
  { path: '/.well-known/jwks.json', subgraph: 'users', methods: ['GET'], maxBytes: 0 },
]

/** The rule for a path; null when it is not one of theirs. */
export function findProxiedPath(pathname: string): ProxiedPath | null {
  return (
    proxiedPaths.find(({ path }) => (path.endsWith('/') ? pathname.startsWith(path) : pathname === path)) ??
    null
  )
}

// Headers that belong to one connection, and those a subgraph believes because the gateway writes them.
const dropped = new Set<string>([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'upgrade'],
  ...['transfer-encoding', 'proxy-connection', 'expect', 'host', 'cookie', 'forwarded', 'traceparent'],
  ...signedHeaders,
])

/** Answers with what the subgraph answers. Throws a Refusal for what is not passed on. */
export function createProxy(options: {
  pools: Readonly<Record<string, Pool>>
  sign: GatewaySigner
  log: Logger
}) {
  const { pools, sign, log } = options

  return async (
    rule: ProxiedPath,
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller,
  ): Promise<void> => {
    const method = request.method ?? ''
    const path = request.url ?? ''
    const pool = pools[rule.subgraph]
    if (!pool) throw new Error(`The path ${rule.path} belongs to ${rule.subgraph}, which is not given`)
    if (!rule.methods.includes(method)) {
      response.setHeader('allow', rule.methods.join(', '))
      throw new Refusal(405, 'METHOD_NOT_ALLOWED', `Use ${rule.methods.join(' or ')} here.`)
    }
    assertPlain(path)
    // A HEAD is asked as a GET, which is all that subgraphs know; Node sends no body for it.
    const asked = method === 'HEAD' ? 'GET' : method
    const headers = { ...passedOn(request.headers), ...identity(caller) }
    let body: Buffer | Readable | null = null
    if (method === 'POST')
      body = rule.isStreamed ? limited(request, rule.maxBytes) : await readBody(request, rule.maxBytes)
    const signed = rule.isStreamed ? streamedBody : Buffer.isBuffer(body) ? body : Buffer.alloc(0)
    Object.assign(headers, sign({ method: asked, path, headers, body: signed }))
    const gone = new AbortController()
    response.once('close', () => {
      gone.abort()
    })
    try {
      const answer = await pool.request({
        method: asked,
        path,
        headers,
        body,
        signal: gone.signal,
        headersTimeout: 60_000,
        bodyTimeout: 60_000,
      })
      response.writeHead(answer.statusCode, passedOn(answer.headers))
      if (method === 'HEAD') {
        answer.body.on('error', () => undefined).destroy()
        response.end()
      } else {
        await pipeline(answer.body, response)
      }
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        // Half an answer is out: only a broken connection tells the client so.
        response.destroy()
        return
      }
      const cause = tooLargeIn(error)
      if (cause) throw cause
      log.error({ err: error, subgraph: rule.subgraph }, 'a subgraph did not answer')
      throw new Refusal(502, 'SUBGRAPH_UNAVAILABLE', 'A part of the house does not answer right now.')
    }
  }
}

/** What a URL parser would change (`..`, `//host`, a backslash) is a way round a prefix, and nothing of ours. */
function assertPlain(path: string): void {
  const url = new URL(path, 'http://gateway')
  if (url.pathname + url.search !== path || /%2e|%2f|%5c/i.test(url.pathname)) {
    throw new Refusal(400, 'BAD_REQUEST', 'This path is not written plainly.')
  }
}

function identity({ requestId, accessToken, clientIp, traceparent }: Caller): Record<string, string> {
  return {
    'x-request-id': requestId,
    'x-correlation-id': requestId,
    ...(accessToken !== null && { authorization: `Bearer ${accessToken}` }),
    ...(clientIp !== null && { 'x-client-ip': clientIp }),
    ...(traceparent !== null && { traceparent }),
  }
}

function passedOn(headers: IncomingHttpHeaders | OutgoingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || dropped.has(name)) continue
    if (name.startsWith('x-maison-') || name.startsWith('x-forwarded-')) continue
    kept[name] = Array.isArray(value) ? value : String(value)
  }
  return kept
}

function limited(request: IncomingMessage, maxBytes: number): Readable {
  const refusal = payloadTooLarge(`The body is limited to ${String(maxBytes)} bytes.`)
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw refusal
  let size = 0
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      done(size > maxBytes ? refusal : null, chunk)
    },
  })
  // Not pipeline(): it would destroy the request, and with it the connection the refusal is to be told on.
  request.pipe(counter)
  request.once('error', (error) => counter.destroy(error))
  return counter
}

function tooLargeIn(error: unknown): Error | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && cause.code === 'PAYLOAD_TOO_LARGE') return cause
  }
  return null
}
