import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server'
import type { FormattedExecutionResult } from 'graphql'
import type { Identity } from '#platform/auth/identity.ts'
import type { Documents } from '../documents/documents.ts'
import { type Caller, header } from '../http/caller.ts'
import { graphqlStatus } from '../http/graphql-status.ts'
import { dataHeaders } from '../http/security-headers.ts'
import { checkPageSizeVariables, type MeasuredDocument } from '../limits/measure-document.ts'
import type { RateLimit } from '../limits/rate-limit.ts'
import type { GatewayMetrics } from '../metrics.ts'
import type { RegisteredAnswers } from './answer-registered.ts'
import type { ApolloScope } from './apollo.ts'
import { openScope } from './operation-scope.ts'
import { type AskedOperation, readAskedOperation } from './read-request.ts'
import type { RegisteredOperations } from './registered-operations.ts'

/** Answers `/graphql` and `/graphql/<sha256>`. Throws a Refusal for what is not passed on. */
export function createGraphQLEndpoint(options: {
  apollo: ApolloServer<ApolloScope>
  documents: Documents
  operations: RegisteredOperations
  answers: RegisteredAnswers
  rateLimit: RateLimit
  metrics: GatewayMetrics
  timeoutMs: number
  publicOrigin: string | null
}) {
  const headersOfData = dataHeaders(options.publicOrigin)
  const { apollo, documents, operations, answers, rateLimit, metrics, timeoutMs } = options

  /** Resolves to the operation's name, for the log. */
  return async (
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller,
    identity: Identity | null,
  ): Promise<string | null> => {
    const asked = await readAskedOperation(request)
    const document = documents.resolve(asked)
    if (document) checkPageSizeVariables(document, asked.variables)
    const operation = document?.isRegistered ? operations.of(document) : null
    const userId = identity?.userId ?? null
    if (document && operation) {
      await answers.answer(request, response, { operation, hash: document.hash, asked, caller, userId })
    } else {
      await askApollo(request, response, { asked, document, caller, userId })
    }
    metrics.countOperation({
      operation: operation?.name ?? null,
      clientName: header(request, 'apollographql-client-name'),
      clientVersion: header(request, 'apollographql-client-version'),
      outcome: response.statusCode < 400 ? 'answered' : 'refused',
    })
    return operation?.name ?? document?.operationName ?? null
  }

  async function askApollo(
    request: IncomingMessage,
    response: ServerResponse,
    question: {
      asked: AskedOperation
      document: MeasuredDocument | undefined
      caller: Caller
      userId: string | null
    },
  ): Promise<void> {
    const { asked, document, caller, userId } = question
    const headers = headersOf(request)
    // An address only names a registered query: nothing is lost when another site makes a browser ask for it.
    if (asked.isAddressed) headers.set('apollo-require-preflight', '1')
    // What is wrong with the rest Apollo says: it gets the parts as they came, and the document as text.
    const operation = {
      query: document?.source ?? asked.text ?? '',
      operationName: asked.operationName ?? null,
      variables: asked.variables ?? null,
    }
    const scope = openScope(caller, timeoutMs)
    response.once('close', () => {
      // A mutation, sent by POST, runs to its end whether or not anybody still waits for the answer.
      if (request.method !== 'POST' && !response.writableFinished) scope.abort()
    })
    try {
      const answer = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method === 'POST' ? 'POST' : 'GET',
          headers,
          search: request.method !== 'POST' ? toSearch(operation) : '',
          body: request.method === 'POST' ? operation : undefined,
        },
        context: () =>
          Promise.resolve({
            ...scope,
            admit: (cost: number) => rateLimit.admit({ userId, ip: caller.clientIp, cost }),
          }),
      })
      response.setHeader('x-request-id', caller.requestId)
      for (const [name, value] of headersOfData) response.setHeader(name, value)
      send(request, response, answer)
    } finally {
      scope.end()
      // It may have been a mutation: who asks from now on must see what it did.
      if (request.method === 'POST') answers.forgetFlights()
    }
  }
}

function toSearch(operation: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(operation)) {
    if (value !== null) search.set(name, typeof value === 'string' ? value : JSON.stringify(value))
  }
  return `?${search.toString()}`
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return headers
}

function send(request: IncomingMessage, response: ServerResponse, answer: HTTPGraphQLResponse): void {
  for (const [name, value] of answer.headers) response.setHeader(name, value)
  // What was not registered has no policy: it may hold what only its reader may see.
  response.setHeader('cache-control', 'private, no-store')
  if (answer.body.kind === 'complete') {
    const status = answer.status ?? 200
    response.statusCode = status === 400 ? graphqlStatus(request, status, codeIn(answer.body.string)) : status
    response.setHeader('content-length', Buffer.byteLength(answer.body.string))
    response.end(answer.body.string)
    return
  }
  // The gateway plans no @defer, so this is unreachable; an answer in parts would need streaming here.
  throw new Error('Apollo answered in parts')
}

function codeIn(body: string): unknown {
  const { errors } = JSON.parse(body) as FormattedExecutionResult
  return errors?.[0]?.extensions?.code
}
