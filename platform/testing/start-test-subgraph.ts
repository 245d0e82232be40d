import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from '../auth/identity.ts'
import type { EventDefinition } from '../events/define-event.ts'
import type { Envelope } from '../events/envelope.ts'
import { uuidv7 } from '../ids/uuid.ts'
import { silentLogger, type Logger } from '../log/logger.ts'
import { createGatewaySigner, streamedBody } from '../server/gateway-signature.ts'
import type { GraphQLResponse } from '../server/graphql-executor.ts'
import { openParts, type Parts, partsConfig } from '../server/parts.ts'
import { startSubgraph } from '../server/start-subgraph.ts'
import type { SubgraphConfig } from '../server/subgraph-config.ts'
import type { Subgraph } from '../server/subgraph.ts'
import { fixedClock } from '../time/clock.ts'
import { createTestDatabase } from './test-database.ts'
import { createTestTokens } from './test-identity.ts'

const gatewaySecret = 'the-secret-of-a-test'

/** The data of a response whose errors would fail the test. */
export type Data = Record<string, unknown>

/**
 * A subgraph as the gateway sees it, alone, on a database of its own and an in-process bus: asked over HTTP with real
 * tokens and signatures. Time stands still until `clock.advance`; `settle` waits until everything that follows from
 * what was done has happened.
 */
export async function startTestSubgraph<Config extends SubgraphConfig, Tx, Loaders>(options: {
  name: string
  readConfig: (env: Record<string, string | undefined>) => Config
  create: (config: Config, parts: Parts) => Subgraph<Tx, Loaders>
  /** Variables besides the ones every subgraph has. */
  env?: Record<string, string>
  log?: Logger
  /** Another process of the same subgraph: on the database of the first, which is closed after it. */
  databaseUrl?: string
}) {
  const log = options.log ?? silentLogger
  const folder = await mkdtemp(join(tmpdir(), `maison-${options.name}-`))
  const database =
    options.databaseUrl === undefined
      ? await createTestDatabase(options.name)
      : { url: options.databaseUrl, drop: () => Promise.resolve() }
  const clock = fixedClock(new Date())
  const tokens = await createTestTokens()
  const opened = await openParts(partsConfig.parse({ DATA_FOLDER: folder }), log)
  const parts: Parts = { ...opened, clock }
  const config = options.readConfig({
    PORT: '0',
    DATABASE_URL: database.url,
    GATEWAY_SECRET: gatewaySecret,
    JWKS_URL: 'http://127.0.0.1:1/unused',
    DATA_FOLDER: folder,
    ...options.env,
  })
  const told: Envelope[] = []
  await parts.bus.subscribe({
    queue: 'test.recorder',
    types: 'every',
    handle: (envelope) => {
      told.push(envelope)
      return Promise.resolve()
    },
  })
  const subgraph = options.create(config, parts)
  const running = await startSubgraph(subgraph, {
    port: 0,
    gatewaySecret,
    verifyToken: tokens.verifyToken,
    bus: parts.bus,
    log,
    sweepMs: 200,
  })
  running.begin()
  const sign = createGatewaySigner(gatewaySecret)
  const sequences = new Map<string, number>()

  async function request(
    path: string,
    init: {
      method: string
      body?: string | Buffer
      identity?: Identity | null
      headers?: Record<string, string>
      /** For a route that streams: the gateway signs without having read the body. */
      isStreamed?: boolean
    },
  ): Promise<Response> {
    const body = Buffer.from(init.body ?? '')
    const headers: Record<string, string> = { 'x-request-id': uuidv7(), ...init.headers }
    if (init.identity) headers.authorization = `Bearer ${await tokens.sign(init.identity)}`
    const signature = sign({
      method: init.method,
      path,
      headers,
      body: init.isStreamed ? streamedBody : body,
    })
    return fetch(`${running.url}${path}`, {
      method: init.method,
      headers: { ...headers, ...signature },
      ...(init.method !== 'GET' && { body: new Uint8Array(body) }),
    })
  }

  return {
    url: running.url,
    databaseUrl: database.url,
    database: subgraph.database,
    subgraph,
    parts,
    clock,
    tokens,
    request,
    /** Asks as the gateway does; the caller names the shape of the data it asked for. */
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
    query: async <T = Data>(
      document: string,
      variables: Record<string, unknown> = {},
      identity: Identity | null = null,
    ): Promise<GraphQLResponse & { data: T }> => {
      const response = await request('/graphql', {
        method: 'POST',
        body: JSON.stringify({ query: document, variables }),
        identity,
        headers: { 'content-type': 'application/json' },
      })
      return (await response.json()) as GraphQLResponse & { data: T }
    },
    /** Tells the subgraph what another one would tell; resolves when it was handled. */
    publish: async <P>(
      event: EventDefinition<P>,
      message: { aggregateId: string; payload: P; sequence?: number; eventId?: string; market?: string },
    ): Promise<Envelope<P>> => {
      const sequence = message.sequence ?? (sequences.get(message.aggregateId) ?? 0) + 1
      sequences.set(message.aggregateId, sequence)
      const envelope: Envelope<P> = {
        eventId: message.eventId ?? uuidv7(),
        type: event.type,
        schemaVersion: event.schemaVersion,
        aggregateType: event.aggregateType,
        aggregateId: message.aggregateId,
        sequence,
        occurredAt: clock.now().toISOString(),
        correlationId: uuidv7(),
        causationId: null,
        traceparent: null,
        actor: null,
        market: message.market ?? null,
        payload: message.payload,
      }
      await parts.bus.publish(envelope)
      return envelope
    },
    /** What was told so far, in order; only this type when given. */
    published: <P>(event?: EventDefinition<P>): Envelope<P>[] =>
      told.filter((envelope) => !event || envelope.type === event.type) as Envelope<P>[],
    settle: async () => {
      let before = -1
      // What is told may cause more to be told: until a whole round brings nothing new.
      while (before !== told.length) {
        before = told.length
        await running.idle()
        await parts.bus.idle()
      }
    },
    runJob: (name: string) => running.runJob(name),
    close: async () => {
      await running.stopListening()
      await parts.bus.close()
      await running.close()
      await opened.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
