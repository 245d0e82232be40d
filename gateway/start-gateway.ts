// Composes the gateway: one HTTP server in front of six subgraphs and the web app. Holds no business.
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Pool } from 'undici'
import { createTokenVerifier } from '#platform/auth/access-token.ts'
import { runInContext } from '#platform/context/request-context.ts'
import type { Bus } from '#platform/events/bus.ts'
import type { Logger } from '#platform/log/logger.ts'
import { createGatewaySigner } from '#platform/server/gateway-signature.ts'
import { type HttpPatience, listen } from '#platform/server/http-server.ts'
import type { GatewayConfig } from './config.ts'
import { openKeptAnswers } from './cache/open-kept-answers.ts'
import { createSharedAnswer } from './graphql/shared-answer.ts'
import { openDocuments } from './documents/documents.ts'
import type { FilledAnswer } from './graphql/answer-registered.ts'
import { openGraphQL } from './graphql/open-graphql.ts'
import { createInvalidation, runInvalidation } from './invalidation.ts'
import { connectRedis } from './limits/connect-redis.ts'
import { createRateLimit } from './limits/rate-limit.ts'
import { createGatewayMetrics } from './metrics.ts'
import { createSubgraphClient } from './subgraphs/subgraph-client.ts'
import { dataHeaders } from './http/security-headers.ts'
import { identifyCaller, webAppSearch } from './http/caller.ts'
import { createRequestHandler } from './http/request-handler.ts'
import { createProxy } from './http/proxy.ts'
import { loadWebApp, type WebApp } from './web/web-app.ts'

export interface RunningGateway {
  url: string
  /** What it has counted, in Prometheus' format. */
  metricsText(): string
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
  /** Tells what makes kept answers old; without it they end by their age. */
  bus?: Bus | Promise<Bus | null> | null
  /** Where clients may take less time than by default. */
  patience?: Partial<HttpPatience>
}): Promise<RunningGateway> {
  const { config } = options
  const log = options.log.child({ part: 'gateway' })
  const documents = openDocuments({
    given: options.registeredDocuments ?? null,
    files: config.documentFiles,
    isSafelisted: config.isSafelisted,
    log,
  })
  const metrics = createGatewayMetrics()
  const sign = createGatewaySigner(config.gatewaySecret)
  const pools = Object.fromEntries(
    Object.entries(config.subgraphUrls).map(([name, url]) => [
      name,
      // As many as one busy gateway keeps open to a subgraph; more wait their turn within their deadline.
      new Pool(new URL(url).origin, { connections: 64, connectTimeout: 2_000 }),
    ]),
  )
  const clients = Object.entries(config.subgraphUrls).flatMap(([name, url]) => {
    const pool = pools[name]
    return pool ? [createSubgraphClient({ name, url, pool, sign, log, metrics: metrics.subgraph(name) })] : []
  })
  const kept =
    config.cacheBytes > 0
      ? openKeptAnswers<FilledAnswer>({
          maxBytes: config.cacheBytes,
          redis: config.redis,
          baseHeaders: dataHeaders(config.publicOrigin).flat(),
          log,
        })
      : null
  const redis = config.redis && connectRedis(config.redis.url)
  const graphql = await openGraphQL({
    config,
    supergraph: options.supergraph ?? readFileSync(new URL('supergraph.graphql', import.meta.url), 'utf8'),
    ...{ clients, documents, kept, metrics, log },
    rateLimit: createRateLimit({
      ...config.rateLimit,
      ...{ redis, log },
      prefix: `${config.redis?.prefix ?? ''}maison:rate:`,
    }),
  })
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

  const { endpoint } = graphql
  const handle = createRequestHandler({
    ...{ config, log, verifyToken, proxy, clients, metrics, web },
    graphql: endpoint,
  })
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const caller = identifyCaller(request, config)
    runInContext({ requestId: caller.requestId }, () => {
      void handle(request, response, caller)
    })
  }
  const findShared =
    config.redis && kept ? createSharedAnswer({ kept, documents, otherwise: answer }) : answer
  const server = await listen(
    (request, response) => {
      if (!kept?.raw.answer(request, response)) findShared(request, response)
    },
    { port, host: config.host, ...(options.patience && { patience: options.patience }) },
  )
  port = server.port
  const metricsText = () => {
    kept?.count(metrics)
    return metrics.toText()
  }
  const metricsServer =
    config.metricsPort === null
      ? null
      : await listen(
          (_, response) => {
            response.setHeader('content-type', 'text/plain; version=0.0.4')
            response.end(metricsText())
          },
          { port: config.metricsPort, host: config.host },
        )
  if (kept) {
    // Without Redis a purge ends here; everything in Redis, and then in each memory, is dropped when it is back. To hear
    // the event again would gain nothing.
    const invalidation = createInvalidation(async (tags) => {
      await kept.cache.purge(tags)
    })
    void Promise.resolve(options.bus ?? null)
      .then((bus) => bus && runInvalidation(bus, invalidation))
      .catch((error: unknown) => {
        log.error({ err: error }, 'events do not end what is kept: it ends by its age only')
      })
  }

  return {
    url: server.url,
    metricsText,
    close: async () => {
      await server.stop()
      await metricsServer?.stop(0)
      documents.close()
      await graphql.close()
      await kept?.close()
      redis?.disconnect()
      for (const client of clients) client.close()
      await Promise.all(Object.values(pools).map((pool) => pool.destroy()))
    },
  }
}

/** Where this process reaches itself. */
function hostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
