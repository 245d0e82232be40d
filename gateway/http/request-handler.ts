import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TokenVerifier } from '#platform/auth/access-token.ts'
import type { Identity } from '#platform/auth/identity.ts'
import { RequestError } from '#platform/errors/errors.ts'
import type { Logger } from '#platform/log/logger.ts'
import { sendJson } from '#platform/server/http-server.ts'
import type { GatewayConfig } from '../config.ts'
import type { createGraphQLEndpoint } from '../graphql/endpoint.ts'
import type { GatewayMetrics } from '../metrics.ts'
import type { SubgraphClient } from '../subgraphs/subgraph-client.ts'
import type { WebApp } from '../web/web-app.ts'
import type { Caller } from './caller.ts'
import { type createProxy, findProxiedPath } from './proxy.ts'
import { Refusal, sendRefusal, toRefusal } from './refusal.ts'
import { setSecurityHeaders } from './security-headers.ts'

interface Parts {
  config: GatewayConfig
  log: Logger
  verifyToken: TokenVerifier
  graphql: ReturnType<typeof createGraphQLEndpoint>
  proxy: ReturnType<typeof createProxy>
  clients: readonly SubgraphClient[]
  metrics: GatewayMetrics
  web: WebApp | null
}

/** Answers one request, whatever it is, and writes its line to the log. Never rejects. */
export function createRequestHandler(parts: Parts) {
  const { config, log } = parts
  const tellsRequests = log.level === 'info' || log.level === 'debug'

  return async (request: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void> => {
    const startedAt = performance.now()
    let operation: string | null = null
    if (tellsRequests) {
      response.once('close', () => {
        writeLine(request, response, { operation, ms: Math.round(performance.now() - startedAt) })
      })
    }
    try {
      if (isGraphQL(request.url ?? '')) operation = await answerGraphQL(parts, request, response, caller)
      else {
        setHeaders(response, caller)
        await route(parts, request, response, caller)
      }
    } catch (error) {
      refuse(error, response, caller)
    }
  }

  function setHeaders(response: ServerResponse, { requestId }: Caller): void {
    response.setHeader('x-request-id', requestId)
    setSecurityHeaders(response, config.publicOrigin)
  }

  function writeLine(
    request: IncomingMessage,
    response: ServerResponse,
    { operation, ms }: { operation: string | null; ms: number },
  ): void {
    // Without the query: it may hold a token or what somebody searched for.
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    const line = {
      method: request.method,
      path: path.slice(0, 200),
      status: response.statusCode,
      ms,
      ...(operation !== null && { operation }),
      ...(!response.writableFinished && { isCutOff: true }),
    }
    const isRoutine = path === '/live' || path === '/ready' || path.startsWith('/assets/')
    if (isRoutine) log.debug(line, 'request')
    else log.info(line, 'request')
  }

  function refuse(error: unknown, response: ServerResponse, caller: Caller): void {
    // It went away in the middle of its body: nobody is left to tell, and it is no fault of ours.
    if (response.destroyed && response.req.readableAborted) return
    const refusal = toRefusal(error)
    if (!refusal) log.error({ err: error }, 'a request failed')
    parts.metrics.refusal(refusal?.code ?? 'INTERNAL_SERVER_ERROR').value += 1
    if (response.headersSent) {
      response.destroy()
      return
    }
    setHeaders(response, caller)
    sendRefusal(
      response,
      refusal ?? new Refusal(500, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.'),
    )
  }
}

/** Resolves to the operation's name. */
async function answerGraphQL(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  caller: Caller,
): Promise<string | null> {
  if (request.method !== 'POST' && request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD, POST')
    throw new Refusal(405, 'METHOD_NOT_ALLOWED', 'Use GET or POST here.')
  }
  const identity = caller.accessToken === null ? null : await verify(parts, caller.accessToken)
  return parts.graphql(request, response, caller, identity)
}

async function route(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  caller: Caller,
): Promise<void> {
  const target = request.url ?? '/'
  // A target is a path; `//elsewhere` must not be read as a host, nor an absolute form as ours.
  const base = 'http://gateway'
  if (!target.startsWith('/') || !URL.canParse(base + target)) {
    throw new Refusal(400, 'BAD_REQUEST', 'This is no address of ours.')
  }
  const url = new URL(base + target)
  const { pathname } = url
  if (isGraphQL(pathname)) throw new Refusal(400, 'BAD_REQUEST', 'This path is not written plainly.')
  const proxied = findProxiedPath(pathname)
  if (proxied) await parts.proxy(proxied, request, response, caller)
  else if (pathname === '/live') sendJson(response, 200, { status: 'ok' })
  else if (pathname === '/ready') await answerReady(parts.clients, response)
  else await answerPage(parts.web, request, response, url, caller)
}

/**
 * Refuses a spent or forged token before anything is planned. Every subgraph verifies it again for itself, so when the
 * keys cannot be had the request goes on: they decide.
 */
async function verify({ verifyToken, log }: Parts, accessToken: string): Promise<Identity | null> {
  try {
    return await verifyToken(accessToken)
  } catch (error) {
    if (error instanceof RequestError) throw error
    log.warn({ err: error }, 'the keys of access tokens are out of reach')
    return null
  }
}

function isGraphQL(target: string): boolean {
  return target === '/graphql' || target.startsWith('/graphql/') || target.startsWith('/graphql?')
}

async function answerReady(clients: readonly SubgraphClient[], response: ServerResponse): Promise<void> {
  const states = await Promise.all(
    clients.map(async (client) => [client.name, await client.isReady()] as const),
  )
  const away = states.filter(([, isReady]) => !isReady).map(([name]) => name)
  sendJson(response, away.length === 0 ? 200 : 503, {
    status: away.length === 0 ? 'ok' : 'waiting for subgraphs',
    away,
  })
}

async function answerPage(
  web: WebApp | null,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  caller: Caller,
): Promise<void> {
  if (!web) {
    throw new Refusal(503, 'UNAVAILABLE', 'The web app was not built: only the API is here.')
  }
  await web.answer(request, response, url, caller)
}
