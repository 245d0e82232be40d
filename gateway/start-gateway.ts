// Composes the gateway: one HTTP server in front of six subgraphs and the web app. Holds no business.
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Pool } from 'undici'
import { createTokenVerifier } from '#platform/auth/access-token.ts'
import { runInContext } from '#platform/context/request-context.ts'
import type { Logger } from '#platform/log/logger.ts'
import { createGatewaySigner } from '#platform/server/gateway-signature.ts'
import { listen } from '#platform/server/http-server.ts'
import type { GatewayConfig } from './config.ts'
import { startApollo } from './graphql/apollo.ts'
import { createDocuments } from './graphql/documents.ts'
import { createGraphQLEndpoint } from './graphql/endpoint.ts'
import { createSubgraphSource } from './graphql/subgraph-source.ts'
import { identifyCaller, webAppSearch } from './http/caller.ts'
import { createRequestHandler } from './http/request-handler.ts'
import { createProxy } from './http/proxy.ts'
import { readRegisteredDocuments } from './registered-documents.ts'
import { loadWebApp, type WebApp } from './web/web-app.ts'

export interface RunningGateway {
  url: string
  /** Takes no new connections, lets what is under way finish within 4 s, and lets go of the subgraphs. */
  close(): Promise<void>
}

/**
 * Starts the gateway. It comes up whether or not the subgraphs answer yet; `/ready` says when they do. Rejects when the
 * port is taken (with one line that names it), or when a safelist is asked for and no document is registered.
 */
export async function startGateway(options: {
  config: GatewayConfig
  log: Logger
  /** Instead of the committed supergraph. */
  supergraph?: string
  /** Instead of the documents registered with the web app. */
  registeredDocuments?: ReadonlyMap<string, string>
  /** Instead of the built web app. */
  web?: WebApp | null
}): Promise<RunningGateway> {
  const { config } = options
  const log = options.log.child({ part: 'gateway' })
  const registered = options.registeredDocuments ?? readRegisteredDocuments()
  if (config.isSafelisted && registered.size === 0) {
    throw new Error('SAFELIST is on and no document is registered: build the web app first.')
  }
  const sign = createGatewaySigner(config.gatewaySecret)
  const pools = Object.fromEntries(
    Object.entries(config.subgraphUrls).map(([name, url]) => [
      name,
      // As many as one busy gateway keeps open to a subgraph; more wait their turn within their deadline.
      new Pool(new URL(url).origin, { connections: 64, connectTimeout: 2_000 }),
    ]),
  )
  const sources = Object.entries(config.subgraphUrls).flatMap(([name, url]) => {
    const pool = pools[name]
    return pool ? [createSubgraphSource({ name, url, pool, sign, log })] : []
  })
  const apollo = await startApollo({
    supergraph: options.supergraph ?? readFileSync(new URL('supergraph.graphql', import.meta.url), 'utf8'),
    sources,
    hasIntrospection: config.hasIntrospection,
    log,
  })
  const documents = createDocuments({ registered, isSafelisted: config.isSafelisted })
  const graphql = createGraphQLEndpoint({ apollo, documents, timeoutMs: config.operationTimeoutMs })
  const proxy = createProxy({ pools, sign, log })
  const verifyToken = createTokenVerifier({
    keys: new URL(config.jwksUrl),
    issuer: config.tokenIssuer,
    audience: config.tokenAudience,
  })
  let port = config.port
  const web =
    options.web === undefined
      ? await loadWebApp({
          publicOrigin: config.publicOrigin,
          graphqlUrl: () => `http://${hostOf(config.host)}:${String(port)}/graphql${webAppSearch}`,
        })
      : options.web
  if (options.web === undefined && !web) log.warn('the web app is not built: only the API answers')

  const handle = createRequestHandler({ config, log, verifyToken, graphql, proxy, sources, web })
  const server = await listen(
    (request: IncomingMessage, response: ServerResponse) => {
      const caller = identifyCaller(request, config)
      runInContext({ requestId: caller.requestId }, () => {
        void handle(request, response, caller)
      })
    },
    { port, host: config.host },
  )
  port = server.port

  return {
    url: server.url,
    close: async () => {
      await server.stop()
      await apollo.stop()
      await Promise.all(Object.values(pools).map((pool) => pool.destroy()))
    },
  }
}

/** Where this process reaches itself. */
function hostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
