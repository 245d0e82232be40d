import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import type { Identity } from '../auth/identity.ts'
import type { Database } from '../database/database.ts'
import type { Consumer } from '../events/consumer.ts'
import type { Resolvers } from '../graphql/build-schema.ts'
import type { Logger } from '../log/logger.ts'
import type { Job } from './scheduler.ts'

/** A plain HTTP way into a subgraph, for what GraphQL is not made for: files, webhooks, keys. */
export interface Route {
  readonly method: 'GET' | 'POST'
  /** Exact, or a prefix when it ends in `/`. */
  readonly path: string
  /** Whether only the gateway may call it, by its signature. */
  readonly signed: boolean
  /** Limit of a body that is read before the handler runs; 100 kB unless told. */
  readonly maxBytes?: number
  /** The handler gets the body as a stream and limits it itself. */
  readonly streaming?: boolean
  handle(request: RouteRequest, response: ServerResponse): Promise<void>
}

export interface RouteRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** Who asks, by a verified access token; null without one. */
  readonly identity: Identity | null
  /** Empty for a streaming route. */
  readonly body: Buffer
  /** Only for a streaming route. */
  readonly stream: Readable
}

/** What every resolver gets as its context. */
export interface GraphQLContext<Loaders> {
  readonly identity: Identity | null
  readonly requestId: string
  readonly log: Logger
  readonly loaders: Loaders
  /** The client's address as the gateway saw it; null when it did not say. Personal data: never log or store it. */
  readonly ip: string | null
}

/** A subgraph, composed and not yet listening: what its `service.ts` makes and `startSubgraph` runs. */
export interface Subgraph<Tx, Loaders> {
  readonly name: string
  readonly schemaFile: URL
  readonly resolvers: Resolvers
  /** Fresh loaders for one request, so that nothing is remembered from one caller to another. */
  createLoaders(): Loaders
  readonly consumers: readonly Consumer<Tx>[]
  readonly jobs: readonly Job[]
  readonly routes?: readonly Route[]
  readonly database: Database<unknown, Tx>
}
