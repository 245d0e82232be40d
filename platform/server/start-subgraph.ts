import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TokenVerifier } from '../auth/access-token.ts'
import { isStaff, type Identity } from '../auth/identity.ts'
import { runInContext } from '../context/request-context.ts'
import { RequestError, unavailable, unauthenticated } from '../errors/errors.ts'
import type { Bus } from '../events/bus.ts'
import { runConsumers } from '../events/run-consumers.ts'
import { buildSchema } from '../graphql/build-schema.ts'
import type { Logger } from '../log/logger.ts'
import { type Relay, startRelay } from '../outbox/relay.ts'
import { createGatewayVerifier, streamedBody } from './gateway-signature.ts'
import { createExecutor } from './graphql-executor.ts'
import { listen, readBody, sendJson } from './http-server.ts'
import { type Scheduler, startScheduler } from './scheduler.ts'
import type { GraphQLContext, Route, Subgraph } from './subgraph.ts'

export interface RunningSubgraph {
  readonly name: string
  readonly url: string
  /**
   * Starts telling what happened, and the jobs. To be called when all who must hear are listening: a bus in the process
   * keeps nothing for a subgraph that has not subscribed yet.
   */
  begin(): void
  /** Runs one job now; rejects when it fails. */
  runJob(name: string): Promise<void>
  /** Resolves when the outbox is told and this process handles nothing. */
  idle(): Promise<void>
  /** Takes no new requests and finishes those under way; before the bus closes. */
  stopListening(): Promise<void>
  /** Ends jobs, relay and database; after the bus closed. */
  close(): Promise<void>
}

/** Entity representations of a long list make a long body; anything above this is no list we serve. */
const graphqlBodyBytes = 2_000_000

/** Brings a subgraph to life: it answers and hears, and tells from `begin` on. Rejects when the port is taken. */
export async function startSubgraph<Tx, Loaders>(
  subgraph: Subgraph<Tx, Loaders>,
  options: {
    port: number
    host?: string
    /** Comma-separated; the first signs, all are accepted. */
    gatewaySecret: string
    verifyToken: TokenVerifier
    bus: Bus
    log: Logger
    sweepMs?: number
  },
): Promise<RunningSubgraph> {
  const { bus, verifyToken } = options
  const { name, database, routes = [] } = subgraph
  const log = options.log.child({ subgraph: name })
  const isFromGateway = createGatewayVerifier(options.gatewaySecret)
  const execute = createExecutor(buildSchema(subgraph.schemaFile, subgraph.resolvers))
  let begun: { relay: Relay; scheduler: Scheduler } | null = null

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET'
    const path = request.url ?? '/'
    const url = new URL(path, 'http://subgraph')
    if (url.pathname === '/live') {
      sendJson(response, 200, { status: 'ok' })
    } else if (url.pathname === '/ready') {
      await answerReady(response)
    } else if (method === 'POST' && url.pathname === '/graphql') {
      await answerGraphQL(request, response, path)
    } else {
      const route = routes.find(
        (candidate) => candidate.method === method && matches(candidate, url.pathname),
      )
      if (!route) {
        sendJson(response, 404, { error: 'There is nothing here.' })
        return
      }
      await answerRoute(route, request, response, { method, path, url })
    }
  }

  async function answerReady(response: ServerResponse): Promise<void> {
    await database.ping()
    const isReady = bus.healthy()
    sendJson(response, isReady ? 200 : 503, {
      status: isReady ? 'ok' : 'the event bus is out of reach',
      oldestUnsentEventMs: (await begun?.relay.oldestUnsentMs()) ?? null,
    })
  }

  async function identify(request: IncomingMessage): Promise<Identity | null> {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ')
    return scheme === 'Bearer' && token ? await verifyToken(token) : null
  }

  async function answerGraphQL(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    const body = await readBody(request, graphqlBodyBytes)
    if (!isFromGateway({ method: 'POST', path, headers: request.headers, body })) throw notFromGateway()
    if (Number(header(request, 'x-deadline') ?? Infinity) <= Date.now())
      throw unavailable('The request took too long.')
    const requestId = header(request, 'x-request-id') ?? 'unknown'
    const identity = await identify(request)
    const context: GraphQLContext<Loaders> = {
      identity,
      requestId,
      log,
      loaders: subgraph.createLoaders(),
      ip: header(request, 'x-client-ip'),
    }
    const result = await runInContext(
      {
        requestId,
        correlationId: header(request, 'x-correlation-id') ?? requestId,
        traceparent: header(request, 'traceparent'),
        actor: identity && { type: isStaff(identity) ? 'staff' : 'customer', id: identity.userId },
      },
      () => execute(body, context),
    )
    sendJson(response, 200, result)
  }

  async function answerRoute(
    route: Route,
    request: IncomingMessage,
    response: ServerResponse,
    { method, path, url }: { method: string; path: string; url: URL },
  ): Promise<void> {
    const body = route.streaming ? Buffer.alloc(0) : await readBody(request, route.maxBytes ?? 100_000)
    const signedBody = route.streaming ? streamedBody : body
    if (route.signed && !isFromGateway({ method, path, headers: request.headers, body: signedBody })) {
      throw notFromGateway()
    }
    const identity = await identify(request)
    const requestId = header(request, 'x-request-id')
    await runInContext({ ...(requestId !== null && { requestId }) }, () =>
      route.handle(
        {
          method,
          path: url.pathname,
          query: url.searchParams,
          headers: request.headers,
          identity,
          body,
          stream: request,
        },
        response,
      ),
    )
  }

  const server = await listen(
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        refuse(error, request, response, log)
      })
    },
    { port: options.port, ...(options.host !== undefined && { host: options.host }) },
  )
  await runConsumers({ bus, database, consumers: subgraph.consumers, log })

  return {
    name,
    url: server.url,
    begin: () => {
      const { sweepMs } = options
      begun ??= {
        relay: startRelay({ pool: database.pool, bus, log, ...(sweepMs !== undefined && { sweepMs }) }),
        scheduler: startScheduler(subgraph.jobs, log),
      }
    },
    runJob: async (job) => {
      await begun?.scheduler.runJob(job)
    },
    idle: async () => {
      await begun?.relay.idle()
    },
    stopListening: () => server.stop(),
    close: async () => {
      await begun?.scheduler.stop()
      await begun?.relay.stop()
      await database.close()
    },
  }
}

const notFromGateway = () => unauthenticated('Only the gateway may call this.')

function matches(route: Route, path: string): boolean {
  return route.path.endsWith('/') ? path.startsWith(route.path) : path === route.path
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}

const statusOf: Partial<Record<RequestError['code'], number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
}

/** The shape of a GraphQL response, so that the gateway passes the code on, with the HTTP status of the code. */
function refuse(error: unknown, request: IncomingMessage, response: ServerResponse, log: Logger): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const requestId = header(request, 'x-request-id')
  if (error instanceof RequestError) {
    const extensions = { ...error.extensions, code: error.code }
    sendJson(response, statusOf[error.code] ?? 400, { errors: [{ message: error.message, extensions }] })
    return
  }
  log.error({ err: error, path: request.url }, 'a request failed')
  const extensions = { code: 'INTERNAL_SERVER_ERROR', requestId }
  sendJson(response, 500, { errors: [{ message: 'Something went wrong on our side.', extensions }] })
}
