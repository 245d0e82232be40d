// How the gateway asks one subgraph: signed, bounded, within the operation's time, once for equal questions, and not at
// all while the subgraph does not answer.
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { Pool } from 'undici'
import { runInContext } from '#platform/context/request-context.ts'
import type { Logger } from '#platform/log/logger.ts'
import type { GatewaySigner } from '#platform/server/gateway-signature.ts'
import type { OperationScope } from '../graphql/operation-scope.ts'
import type { SubgraphMetrics } from '../metrics.ts'
import { UnderWay } from '../under-way.ts'
import { type AskOutcome, createCircuitBreaker } from './circuit-breaker.ts'
import { type FailedEnd, type Patience, type RawAnswer, SubgraphFlight } from './subgraph-flight.ts'
import { AnswerTooLong } from './wire/growing-bytes.ts'
import { createPoolWire } from './wire/pool-wire.ts'
import { createSubgraphWire, UnsendableRequest } from './wire/subgraph-wire.ts'

export interface SubgraphAnswer {
  data?: Record<string, unknown> | null
  errors?: GraphQLFormattedError[]
  extensions?: Record<string, unknown>
}

export interface SubgraphClient {
  readonly name: string
  /**
   * Sends one GraphQL request, already JSON text. The answer is the caller's own to change. Rejects only with a
   * GraphQLError whose extensions are `code` SUBGRAPH_UNAVAILABLE, `subgraph`, and the {@link Unavailability} as `reason`.
   *
   * What a query answers may depend on its body and its access token, and on nothing else that comes with it, such as
   * the address of its client: equal queries with one access token are asked once while under way, unless a mutation of this subgraph ended in
   * between or the scope's `askedSince` is later. Each who waits has its own deadline. A query whose connection was lost is sent once more; a mutation never.
   */
  ask(request: { body: string; isMutation: boolean }, scope: OperationScope): Promise<SubgraphAnswer>
  /** Whether it says that it can serve. Never rejects. */
  isReady(): Promise<boolean>
}

/**
 * TIMEOUT: the operation's time was over. ABANDONED: its client had gone. CIRCUIT_OPEN: not asked, because it did not
 * answer lately. BUSY: not asked, because too many wait. UNREACHABLE: anything else.
 */
export type Unavailability = 'TIMEOUT' | 'ABANDONED' | 'CIRCUIT_OPEN' | 'BUSY' | 'UNREACHABLE'

/** One answer is read whole; nothing we serve comes near this. */
const answerBytes = 16_000_000

/** A subgraph that was given less time than this by the operation is not blamed for being late. */
const fairMs = 500

/** Timers may fire a little early by another clock. */
const earlyMs = 20

/**
 * `pool` belongs to this subgraph alone, and stays its owner's; a subgraph over plain HTTP is asked on connections of the
 * client's own, which `close` ends. `maxWaiting` requests may be sent or queued at a time: for 64 connections at
 * 5 ms each the default is some 80 ms of work, and more than that is a subgraph that does not keep up.
 */
export function createSubgraphClient(options: {
  name: string
  url: string
  pool: Pool
  sign: GatewaySigner
  log: Logger
  metrics: SubgraphMetrics
  maxWaiting?: number
  connections?: number
  /** In milliseconds, never going back; for the circuit breaker. */
  now?: () => number
}): SubgraphClient & { close(): void } {
  const { name, pool, sign, log, metrics, maxWaiting = 1_000, now = () => performance.now() } = options
  const { url, connections = 64 } = options
  const { protocol, pathname: path } = new URL(url)
  const wire =
    protocol === 'http:'
      ? createSubgraphWire({ url, connections, maxBytes: answerBytes })
      : createPoolWire(pool, { path, maxBytes: answerBytes })
  const breaker = createCircuitBreaker({
    now,
    onChange: (state, before) => {
      metrics.breakerState(state)
      if (before === 'closed') log.error({ subgraph: name }, 'a subgraph does not answer: not asked for now')
      if (state === 'closed') log.info({ subgraph: name }, 'a subgraph answers again')
    },
  })
  /** Queries under way which an equal one may wait for. */
  const joinable = new UnderWay<SubgraphFlight<SubgraphAnswer>>()
  let waiting = 0
  let isBusy = false

  function unavailable(reason: Unavailability): GraphQLError {
    return new GraphQLError('A part of the house does not answer right now.', {
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: name, reason },
    })
  }

  function refuseBusy(): Promise<never> {
    metrics.busy.value += 1
    if (!isBusy) {
      isBusy = true
      log.warn({ subgraph: name, waiting }, 'too many wait for a subgraph: more are turned away')
    }
    return Promise.reject(unavailable('BUSY'))
  }

  /** Counts and logs the end of a flight that nobody got an answer from. */
  function judge(end: FailedEnd, scope: OperationScope, startedAt: number): AskOutcome {
    const reason = reasonOf(end)
    if (reason === 'ABANDONED') {
      metrics.abandoned.value += 1
      return 'abandoned'
    }
    // What a wire calls back in is no request's context.
    runInContext({ requestId: scope.requestId }, () => {
      if (end.kind === 'failed') log.error({ err: end.error, subgraph: name }, 'a subgraph did not answer')
      else log.warn({ subgraph: name }, 'a subgraph did not answer in time')
    })
    if (end.kind === 'left') {
      metrics.timeout.value += 1
      return performance.now() - startedAt < fairMs ? 'abandoned' : 'failed'
    }
    metrics.failed.value += 1
    return isFaultOfSubgraph(end) ? 'failed' : 'abandoned'
  }

  function start(asked: {
    body: string
    isMutation: boolean
    scope: OperationScope
    ticket: number
    key: string | null
  }): SubgraphFlight<SubgraphAnswer> {
    const { body, isMutation, scope, ticket, key } = asked
    waiting += 1
    const flight: SubgraphFlight<SubgraphAnswer> = new SubgraphFlight({
      accessToken: scope.accessToken,
      isRepeatable: !isMutation,
      send: (isFresh) => {
        if (isFresh) metrics.repeated.value += 1
        return wire.send({ headers: headersOf(scope, body, path, sign), body, isFresh }, flight)
      },
      read: readAnswer,
      explain: (end) => unavailable(reasonOf(end)),
      onEnd: (end) => {
        waiting -= 1
        if (isBusy && waiting < maxWaiting / 2) isBusy = false
        if (isMutation) {
          // Who asks from now on must see what it did, not what was asked before it.
          joinable.clear()
        } else if (key !== null) {
          joinable.delete(key, flight)
        }
        if (end.kind === 'answered') metrics.answered.value += 1
        breaker.settle(ticket, end.kind === 'answered' ? 'answered' : judge(end, scope, flight.startedAt))
      },
    })
    return flight
  }

  return {
    name,
    ask: ({ body, isMutation }, scope) => {
      if (scope.signal.aborted) return Promise.reject(unavailable(reasonOf({ kind: 'left', by: scope })))
      const { accessToken } = scope
      let key: string | null = null
      if (!isMutation) {
        key = accessToken === null ? body : `${accessToken}\n${body}`
        const known = joinable.get(key)
        // The token is compared besides: whatever a body may look like, no identity meets another's answer.
        if (
          known?.accessToken === accessToken &&
          (scope.askedSince === undefined || known.startedAt >= scope.askedSince)
        ) {
          metrics.joined.value += 1
          return known.join(scope)
        }
      }
      if (waiting >= maxWaiting) return refuseBusy()
      const ticket = breaker.admit()
      if (ticket === null) {
        metrics.circuitOpen.value += 1
        return Promise.reject(unavailable('CIRCUIT_OPEN'))
      }
      const flight = start({ body, isMutation, scope, ticket, key })
      if (key !== null) joinable.set(key, flight)
      const answer = flight.join(scope)
      flight.send()
      return answer
    },
    isReady: async () => {
      try {
        const signal = AbortSignal.timeout(2_000)
        const response = await pool.request({ method: 'GET', path: '/ready', signal })
        await response.body.dump()
        return response.statusCode === 200
      } catch {
        return false
      }
    },
    close: () => {
      wire.destroy()
    },
  }
}

function headersOf(scope: OperationScope, body: string, path: string, sign: GatewaySigner): string[] {
  const { requestId, accessToken, clientIp, traceparent } = scope
  const signed: Record<string, string> = {
    'x-request-id': requestId,
    'x-deadline': String(scope.deadlineMs),
  }
  if (accessToken !== null) signed.authorization = `Bearer ${accessToken}`
  if (clientIp !== null) signed['x-client-ip'] = clientIp
  const proof = sign({ method: 'POST', path, headers: signed, body })
  const headers: string[] = []
  for (const name in signed) headers.push(name, signed[name] ?? '')
  for (const name in proof) headers.push(name, proof[name] ?? '')
  if (traceparent !== null) headers.push('traceparent', traceparent)
  return headers
}

function readAnswer({ status, text }: RawAnswer): SubgraphAnswer {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null && ('data' in parsed || 'errors' in parsed)) {
      return parsed as SubgraphAnswer
    }
  } catch {
    // A proxy's error page, or half an answer: said below.
  }
  throw new Error(`Answered ${String(status)} without a GraphQL response`)
}

function reasonOf(end: FailedEnd): Unavailability {
  if (end.kind === 'failed') return 'UNREACHABLE'
  return isOver(end.by) ? 'TIMEOUT' : 'ABANDONED'
}

function isOver({ deadlineMs }: Patience): boolean {
  return Date.now() >= deadlineMs - earlyMs
}

/** What one request brings on itself must not close the door to all others. */
function isFaultOfSubgraph({ error, status }: { error: unknown; status: number }): boolean {
  if (error instanceof AnswerTooLong || error instanceof UnsendableRequest) return false
  return status < 400 || status >= 500
}
