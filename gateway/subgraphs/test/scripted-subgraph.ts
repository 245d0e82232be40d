// A subgraph over real HTTP whose every answer the test gives by hand, and a client in front of it.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { Pool } from 'undici'
import { expect } from 'vitest'
import { createLogger } from '#platform/log/logger.ts'
import { createGatewaySigner, createGatewayVerifier } from '#platform/server/gateway-signature.ts'
import { listen, readBody } from '#platform/server/http-server.ts'
import { createGatewayMetrics } from '../../metrics.ts'
import type { OperationScope } from '../../graphql/operation-scope.ts'
import { createSubgraphClient } from '../subgraph-client.ts'

const secret = 'a secret for tests only'

export interface ScriptedCall {
  body: string
  headers: IncomingHttpHeaders
  isGenuine: boolean
  readonly isClosed: boolean
  request: IncomingMessage
  response: ServerResponse
  answer(data: unknown): void
}

export async function startScriptedSubgraph(options: {
  /** Answers each call as it comes; without it calls wait for the test. */
  onCall?: (call: ScriptedCall, nth: number) => void
  /** Where the client asks, instead of the subgraph's own address. */
  through?: string
  /** How a connection behind `https:` is made. */
  connect?: Pool.Options['connect']
  connections?: number
  maxWaiting?: number
  now?: () => number
}) {
  const calls: ScriptedCall[] = []
  const verify = createGatewayVerifier(secret)
  const server = await listen(
    (request, response) => {
      void readBody(request, 10_000_000).then((bytes) => {
        const { headers } = request
        const call: ScriptedCall = {
          body: bytes.toString(),
          headers,
          isGenuine: verify({ method: 'POST', path: request.url ?? '', headers, body: bytes }),
          get isClosed() {
            return request.socket.destroyed
          },
          request,
          response,
          answer: (data) => {
            response.setHeader('content-type', 'application/json')
            response.end(JSON.stringify({ data }))
          },
        }
        calls.push(call)
        options.onCall?.(call, calls.length)
      })
    },
    { port: 0 },
  )
  const logged: string[] = []
  const log = createLogger({
    name: 'test',
    level: 'info',
    destination: { write: (line: string) => void logged.push(line) },
  })
  const metrics = createGatewayMetrics()
  const url = options.through ?? server.url
  const pool = new Pool(new URL(url).origin, {
    connections: options.connections ?? 64,
    connectTimeout: 2_000,
    ...(options.connect && { connect: options.connect }),
  })
  const client = createSubgraphClient({
    name: 'goods',
    url: `${new URL(url).origin}/graphql`,
    pool,
    sign: createGatewaySigner(secret),
    log,
    metrics: metrics.subgraph('goods'),
    ...(options.connections !== undefined && { connections: options.connections }),
    ...(options.maxWaiting !== undefined && { maxWaiting: options.maxWaiting }),
    ...(options.now && { now: options.now }),
  })

  function metric(part: string): number {
    const lines = metrics.toText().split('\n')
    return Number(
      lines
        .find((line) => line.includes(part))
        ?.split(' ')
        .at(-1),
    )
  }

  return {
    url: server.url,
    client,
    calls,
    logged,
    /** The call of that number, counted from 1, as soon as it is there. */
    arrival: async (nth: number): Promise<ScriptedCall> => {
      await expect.poll(() => calls.length, { interval: 2 }).toBeGreaterThanOrEqual(nth)
      const call = calls[nth - 1]
      if (!call) throw new Error('unreachable')
      return call
    },
    /** How often asking ended so, by the metrics. */
    counted: (result: string) => metric(`result="${result}"`),
    breakerLevel: () => metric('breaker_state{'),
    query: (text: string, scope: OperationScope = scopeOf({})) =>
      client.ask({ body: JSON.stringify({ query: text }), isMutation: false }, scope),
    mutate: (text: string, scope: OperationScope = scopeOf({})) =>
      client.ask({ body: JSON.stringify({ query: text }), isMutation: true }, scope),
    stop: () => server.stop(0),
    close: async () => {
      client.close()
      await pool.destroy()
      await server.stop(0)
    },
  }
}

/** An operation's scope, anonymous and with time enough. */
export function scopeOf(given: Partial<OperationScope>): OperationScope {
  return {
    requestId: '0199c0de-0000-7000-8000-000000000000',
    traceparent: null,
    clientIp: null,
    accessToken: null,
    deadlineMs: Date.now() + 15_000,
    signal: new AbortController().signal,
    ...given,
  }
}

/** What an ask that rejects says of itself. */
export async function refusalOf(asked: Promise<unknown>): Promise<unknown> {
  const error: unknown = await asked.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof Error && 'extensions' in error ? error.extensions : error
}
