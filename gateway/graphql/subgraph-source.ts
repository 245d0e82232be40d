// How the gateway asks one subgraph. Takes the place of Apollo's RemoteGraphQLDataSource, whose HTTP client is most of
// a stock gateway's CPU, and signs the very bytes it sends.
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import { GraphQLError, type GraphQLFormattedError, OperationTypeNode } from 'graphql'
import type { Pool } from 'undici'
import type { Logger } from '#platform/log/logger.ts'
import type { GatewaySigner } from '#platform/server/gateway-signature.ts'
import type { OperationScope } from './operation-scope.ts'

export interface SubgraphSource extends GraphQLDataSource<OperationScope> {
  readonly name: string
  /** Whether it says that it can serve. Never rejects. */
  isReady(): Promise<boolean>
}

interface Answer {
  data?: Record<string, unknown> | null
  errors?: GraphQLFormattedError[]
}

/** One answer is read whole; nothing we serve comes near this. */
const answerBytes = 16_000_000

export function createSubgraphSource(options: {
  name: string
  url: string
  pool: Pool
  sign: GatewaySigner
  log: Logger
}): SubgraphSource {
  const { name, pool, sign, log } = options
  const path = new URL(options.url).pathname

  async function ask(body: Buffer, scope: OperationScope): Promise<Answer> {
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-request-id': scope.requestId,
      'x-correlation-id': scope.requestId,
      'x-deadline': String(scope.deadlineMs),
    }
    if (scope.accessToken !== null) headers.authorization = `Bearer ${scope.accessToken}`
    if (scope.clientIp !== null) headers['x-client-ip'] = scope.clientIp
    if (scope.traceparent !== null) headers.traceparent = scope.traceparent
    Object.assign(headers, sign({ method: 'POST', path, headers, body }))
    const response = await pool.request({ method: 'POST', path, headers, body, signal: scope.signal })
    const answer = parseAnswer(await readText(response.body))
    if (!answer) throw new Error(`${name} answered ${String(response.statusCode)} without a GraphQL response`)
    return answer
  }

  async function askTwice(body: Buffer, scope: OperationScope, isQuery: boolean): Promise<Answer> {
    try {
      return await ask(body, scope)
    } catch (error) {
      // The subgraph closed an idle connection just as it was used: a query can be asked again, a mutation may have run.
      const isLostConnection = error instanceof Error && 'code' in error && error.code === 'UND_ERR_SOCKET'
      if (!isQuery || !isLostConnection) throw error
      return await ask(body, scope)
    }
  }

  return {
    name,
    process: async (processed) => {
      const { query, variables, operationName } = processed.request
      const scope = processed.context as OperationScope
      const body = Buffer.from(JSON.stringify({ query, variables, operationName }))
      try {
        // Apollo only reads data, errors and extensions of what a data source returns.
        return await askTwice(body, scope, isQuery(processed))
      } catch (error) {
        if (scope.signal.aborted) log.warn({ subgraph: name }, 'a subgraph did not answer in time')
        else log.error({ err: error, subgraph: name }, 'a subgraph did not answer')
        throw new GraphQLError('A part of the house does not answer right now.', {
          extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: name },
        })
      }
    },
    isReady: async () => {
      try {
        const response = await pool.request({
          method: 'GET',
          path: '/ready',
          signal: AbortSignal.timeout(2_000),
        })
        await response.body.dump()
        return response.statusCode === 200
      } catch {
        return false
      }
    },
  }
}

function isQuery(processed: GraphQLDataSourceProcessOptions<OperationScope>): boolean {
  if (!('incomingRequestContext' in processed)) return false
  return processed.incomingRequestContext.operation.operation === OperationTypeNode.QUERY
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > answerBytes) throw new Error(`The answer is longer than ${String(answerBytes)} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseAnswer(text: string): Answer | null {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null && ('data' in parsed || 'errors' in parsed)) {
      return parsed as Answer
    }
  } catch {
    // A proxy's error page, or half an answer: the caller says what came instead.
  }
  return null
}
