// A gateway in front of small real subgraphs over HTTP, each of which believes only what the gateway signed.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'
import type { Bus } from '#platform/events/bus.ts'
import { createExecutor } from '#platform/server/graphql-executor.ts'
import { createLogger } from '#platform/log/logger.ts'
import { createGatewayVerifier, streamedBody } from '#platform/server/gateway-signature.ts'
import { type HttpPatience, listen, readBody, sendJson } from '#platform/server/http-server.ts'
import { readGatewayConfig } from '../config.ts'
import { startGateway } from '../start-gateway.ts'
import type { WebApp } from '../web/web-app.ts'

export const gatewaySecret = 'a secret for tests only'

export interface SubgraphCall {
  path: string
  method: string
  headers: IncomingHttpHeaders
  body: string
  isGenuine: boolean
}

type Fallback = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void

export interface SmallSubgraph {
  name: string
  sdl: string
  /** Resolvers by type and field, reading nothing but their arguments. */
  resolvers: Record<string, Record<string, unknown>>
  /** Answers paths other than `/graphql` and `/ready`. */
  fallback?: Fallback
}

const link = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@shareable", "@interfaceObject", "@composeDirective", "@cost", "@listSize"])
  @link(url: "https://maison.example/specs/cacheControl/v1.0", import: ["@cacheControl"])
  @composeDirective(name: "@cacheControl")
directive @cacheControl(maxAge: Int!) on OBJECT | INTERFACE | UNION | FIELD_DEFINITION
`

export async function startTestGateway(options: {
  subgraphs: readonly SmallSubgraph[]
  env?: Record<string, string>
  registeredDocuments?: ReadonlyMap<string, string>
  web?: WebApp | null
  bus?: Bus
  patience?: Partial<HttpPatience>
  /** Sees every request to a subgraph first; when it answers or cuts the connection, the subgraph never sees it. */
  intercept?: (request: IncomingMessage, response: ServerResponse, subgraph: string) => void
}) {
  const logged: string[] = []
  const log = createLogger({
    name: 'test',
    level: 'info',
    destination: { write: (line: string) => void logged.push(line) },
  })
  const calls: SubgraphCall[] = []
  const running = await Promise.all(
    options.subgraphs.map((subgraph) => startSmallSubgraph(subgraph, calls, options.intercept)),
  )
  const composed = composeServices(
    options.subgraphs.map(({ name, sdl }) => ({
      name,
      url: 'http://127.0.0.1:1',
      typeDefs: parse(link + sdl),
    })),
  )
  if (!composed.supergraphSdl) throw new Error(composed.errors?.join('\n'))
  const config = readGatewayConfig({ GATEWAY_SECRET: gatewaySecret, PORT: '0', ...options.env })
  const urls = Object.fromEntries(running.map(({ name, url }) => [name, `${url}/graphql`]))
  const gateway = await startGateway({
    config: { ...config, subgraphUrls: urls },
    log,
    supergraph: composed.supergraphSdl,
    registeredDocuments: options.registeredDocuments ?? new Map(),
    web: options.web ?? null,
    ...(options.bus && { bus: options.bus }),
    ...(options.patience && { patience: options.patience }),
  })

  async function post(body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: response.status, headers: response.headers, ...((await response.json()) as Answer) }
  }

  return {
    url: gateway.url,
    calls,
    logged,
    post,
    query: (query: string, variables?: object, headers?: Record<string, string>) =>
      post({ query, variables }, headers),
    stopSubgraph: async (name: string) => {
      await running.find((subgraph) => subgraph.name === name)?.stop(0)
    },
    close: async () => {
      await gateway.close()
      await Promise.all(running.map((subgraph) => subgraph.stop(0)))
    },
  }
}

export interface Answer {
  data?: Record<string, unknown> | null
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[]
}

async function startSmallSubgraph(
  { name, sdl, resolvers, fallback }: SmallSubgraph,
  calls: SubgraphCall[],
  intercept?: (request: IncomingMessage, response: ServerResponse, subgraph: string) => void,
) {
  const modules = { typeDefs: parse(link + sdl), resolvers }
  const execute = createExecutor(buildSubgraphSchema(modules as Parameters<typeof buildSubgraphSchema>[0]))
  const verify = createGatewayVerifier(gatewaySecret)
  const log = createLogger({ name, level: 'silent' })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ''
    if (path === '/ready') {
      sendJson(response, 200, {})
      return
    }
    const body = await readBody(request, 200_000_000)
    const call = { path, method: request.method ?? '', headers: request.headers }
    const isGenuine = verify({ ...call, body: path.startsWith('/uploads/') ? streamedBody : body })
    calls.push({ ...call, body: body.toString(), isGenuine })
    if (path !== '/graphql' && fallback) {
      fallback(request, response, body)
    } else if (!isGenuine) {
      sendJson(response, 401, { errors: [{ message: 'Only the gateway may call this.' }] })
    } else {
      const { authorization = null } = request.headers
      const context = { log, requestId: String(request.headers['x-request-id']), authorization }
      sendJson(response, 200, await execute(body, context))
    }
  }

  const server = await listen(
    (request, response) => {
      intercept?.(request, response, name)
      if (response.writableEnded || request.socket.destroyed) return
      answer(request, response).catch(() => response.destroy())
    },
    { port: 0 },
  )
  return { name, url: server.url, stop: server.stop }
}
